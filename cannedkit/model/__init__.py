"""What rooms hand to each other, as frozen dataclasses, and the errors. Standard library only."""
