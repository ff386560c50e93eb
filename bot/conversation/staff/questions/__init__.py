"""What was asked and found no answer: seen, taught, answered."""
