"""The append-only record: every act of staff and every change, each entry sealed over the one before."""

from knowledge.history.log import append

__all__ = ["append"]
