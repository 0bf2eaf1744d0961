FROM python:3.12-slim
COPY . /source
RUN pip install --no-cache-dir "/source[lemma,privacy]" && rm -rf /source
RUN useradd --create-home writer
USER writer
WORKDIR /catalogue
ENTRYPOINT ["cannedkit"]
CMD ["check"]
