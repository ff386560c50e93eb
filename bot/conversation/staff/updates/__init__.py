"""Keeping the base true: one update, a first status, a check, a whole file."""
