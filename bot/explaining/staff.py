"""The sentence for what a member of staff cannot do: in the team, with an update, with a change file."""

from bot.errors import NoMediaError, UnknownStatusError, UnreadableDayError, UnreadableMomentError
from bot.texts.announcements import faults
from bot.texts.staff import importing, slips, team
from knowledge.errors import (
    AddressError,
    AlreadyUndoneError,
    ApproverNeededError,
    FutureDateError,
    ImportBuiltUponError,
    ImportDecidedError,
    ImportFaultsError,
    NotUndoableError,
    ProofMissingError,
    SamePersonError,
    TooLateError,
    TooLateToUndoError,
    TooLongError,
    UnknownChangeError,
    UnknownImportError,
)
from scheduler.errors import (
    AlreadyMemberError,
    InviteError,
    StaleDraftError,
    TooFewAdminsError,
    UnknownMemberError,
)


def about_staff(error: BaseException) -> str | None:
    """The sentence for what a member of staff cannot do."""
    match error:
        case UnknownMemberError(member=number):
            return team.unknown_member(number)
        case TooFewAdminsError(admins=admins):
            return team.too_few_admins(admins)
        case InviteError():
            return team.bad_invite()
        case AlreadyMemberError(member=number):
            return team.already_member(number)
        case UnreadableMomentError(words=words):
            return faults.unreadable_moment(words)
        case NoMediaError():
            return faults.no_media()
        case _:
            return None


def about_importing(error: BaseException) -> str | None:
    """The sentence for a file that cannot be applied, confirmed or taken back."""
    match error:
        case UnknownImportError(number=number):
            return importing.unknown(number)
        case ImportDecidedError(number=number, state=state):
            return importing.decided(number, state)
        case SamePersonError(number=number):
            return importing.same_person(number)
        case ApproverNeededError(number=number):
            return importing.approver_needed(number)
        case ImportFaultsError(faults=found):
            return importing.breaks_a_rule(found)
        case ImportBuiltUponError(number=number, commitments=commitments):
            return importing.built_upon(number, commitments)
        case TooLateError(number=number, hours=hours):
            return importing.too_late(number, hours)
        case _:
            return None


def about_updates(error: BaseException) -> str | None:
    """The sentence for an update that cannot be recorded."""
    match error:
        case ProofMissingError():
            return slips.proof_missing()
        case FutureDateError(date=day):
            return slips.future_date(day)
        case AddressError(address=address):
            return slips.no_address(address)
        case TooLongError(length=length, most=most):
            return slips.too_long(length, most)
        case UnreadableDayError(words=words):
            return slips.unreadable_day(words)
        case UnknownStatusError(word=word):
            return slips.unknown_status(word)
        case _:
            return _about_undoing(error)


def _about_undoing(error: BaseException) -> str | None:
    """The sentence for an update that is over, or cannot be taken back."""
    match error:
        case StaleDraftError():
            return slips.stale_draft()
        case AlreadyUndoneError():
            return slips.already_undone()
        case TooLateToUndoError(hours=hours):
            return slips.too_late(hours)
        case NotUndoableError():
            return slips.built_upon()
        case UnknownChangeError():
            return slips.unknown_change()
        case _:
            return None
