"""What the README shows of the program, made by the program: it cannot say what is no longer so."""
