"""What operators do with the program: copy the base, put a copy back, ask how it is."""
