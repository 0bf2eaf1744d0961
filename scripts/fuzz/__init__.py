"""What is read from strangers, tried with inputs that nobody writes: `python -m scripts.fuzz`, see `__main__`."""
