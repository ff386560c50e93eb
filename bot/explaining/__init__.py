"""What went wrong, for two readers: a sentence for people, one line for whoever runs the program."""
