"""What went wrong, for whoever talks to the bot: what happened, and what to do next."""

from bot.errors import StaleButtonError
from bot.explaining.announcements import about_announcements
from bot.explaining.following import about_following
from bot.explaining.questions import about_questions
from bot.explaining.staff import about_importing, about_staff, about_updates
from bot.texts import failures
from knowledge.errors import DatabaseError, DatabaseLockedError, KnowledgeError, UnknownCommitmentError


def sentence(error: BaseException, reference: str) -> str:
    """What a person reads: what happened, and what to do next.

    Args:
        error: Whatever was raised.
        reference: The id under which it was logged, to quote to whoever runs the bot.
    """
    if isinstance(error, UnknownCommitmentError):
        return failures.unknown_commitment(error.commitment_id)
    if isinstance(error, StaleButtonError):
        return failures.stale_button()
    if (said := _about_a_wish(error)) is not None:
        return said
    if isinstance(error, DatabaseLockedError):
        return failures.busy(reference)
    if isinstance(error, DatabaseError | KnowledgeError):
        return failures.base_unavailable(reference)
    return failures.unexpected(reference)


def _about_a_wish(error: BaseException) -> str | None:
    """The sentence for what a person asked and cannot have; None when it is something else."""
    about = (
        about_following,
        about_staff,
        about_updates,
        about_importing,
        about_announcements,
        about_questions,
    )
    return next((said for each in about if (said := each(error)) is not None), None)


def is_a_slip(error: BaseException) -> bool:
    """Whether the sentence says all there is to it: nothing is wrong with the program."""
    return isinstance(error, UnknownCommitmentError | StaleButtonError) or _about_a_wish(error) is not None
