"""Attacks, each run for real against the program and the library: `python -m scripts.scenarios`, see `__main__`."""
