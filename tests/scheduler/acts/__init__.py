"""What happens in the random model, to the real thing and to the naive one alike."""
