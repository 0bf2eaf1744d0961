FROM python:3.12-slim
COPY . /tmp/cannedkit
RUN pip install --no-cache-dir "/tmp/cannedkit[lemma,privacy]" && rm -rf /tmp/cannedkit
RUN useradd --create-home writer
USER writer
WORKDIR /catalogue
ENTRYPOINT ["cannedkit"]
CMD ["check"]
