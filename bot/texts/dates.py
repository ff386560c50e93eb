"""Dates in French, as everything that is told of the facts writes them."""

from knowledge.wording.dates import in_french, is_over, last_day

__all__ = ["in_french", "is_over", "last_day"]
