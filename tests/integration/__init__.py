"""Where the program meets others: hooks, runners, shells, manuals."""
