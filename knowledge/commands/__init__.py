"""The commands of ``python -m knowledge`` that need more than a few lines."""
