"""What only members of staff read."""
