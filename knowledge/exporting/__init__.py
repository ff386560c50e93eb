"""The knowledge base as open data: its current state, as JSON or as CSV."""
