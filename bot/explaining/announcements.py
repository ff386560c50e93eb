"""The sentence for each fault about an announcement."""

from bot.texts.announcements import faults as texts
from scheduler.announcements import errors


def about_announcements(error: BaseException) -> str | None:
    """What a member of staff reads; None for anything else."""
    if not isinstance(error, errors.AnnouncementError):
        return None
    return _denied(error) or _of_texts(error) or _of_times(error) or _of_sending(error)


def _denied(error: errors.AnnouncementError) -> str | None:
    match error:
        case errors.UnknownAnnouncementError(number=number):
            return texts.unknown(number)
        case errors.StaleVersionError(number=number):
            return texts.stale(number)
        case errors.ForbiddenActError(number=number, state=state):
            return texts.forbidden(number, state)
        case errors.NoRightError(needed=needed):
            return texts.no_right(needed)
        case errors.SamePersonError():
            return texts.same_person()
        case errors.UntestedError():
            return texts.untested()
        case _:
            return None


def _of_texts(error: errors.AnnouncementError) -> str | None:
    match error:
        case errors.TrialFailedError(why=why):
            return texts.trial_failed(why)
        case errors.NoReasonError():
            return texts.no_reason()
        case errors.EmptyTextError():
            return texts.empty()
        case errors.TextTooLongError(length=length, most=most, with_media=with_media):
            return texts.too_long(length, most, with_media=with_media)
        case errors.FixedPartError():
            return texts.fixed()
        case _:
            return None


def _of_times(error: errors.AnnouncementError) -> str | None:
    match error:
        case errors.PastTimeError(wanted=wanted):
            return texts.past(wanted)
        case errors.SkippedTimeError(wanted=wanted, resumes=resumes):
            return texts.skipped(wanted, resumes)
        case errors.ApprovedTooEarlyError(earliest=earliest):
            return texts.too_early(earliest)
        case _:
            return None


def _of_sending(error: errors.AnnouncementError) -> str:
    match error:
        case errors.NobodyError():
            return texts.nobody()
        case errors.ReserveError():
            return texts.reserve()
        case errors.NothingToCorrectError():
            return texts.nothing_to_correct()
        case errors.CorrectionUnderWayError(other=other):
            return texts.under_way(other)
        case errors.StillLeavingError(number=number):
            return texts.still_leaving(number)
        case errors.NothingFailedError():
            return texts.nothing_failed()
        case _:
            return texts.denied()
