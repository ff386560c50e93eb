"""What went wrong, for two readers: a sentence for people, one line for whoever runs the program."""

from bot.announceerrors import about_announcements
from bot.questionslips import about_questions
from bot.texts import announcefaults, choosing, failures, following, importing, slips, team
from knowledge.errors import (
    AddressError,
    AlreadyUndoneError,
    ApproverNeededError,
    DatabaseError,
    DatabaseLockedError,
    DataError,
    FutureDateError,
    ImportBuiltUponError,
    ImportDecidedError,
    ImportFaultsError,
    KnowledgeError,
    NotUndoableError,
    ProofMissingError,
    SamePersonError,
    TooLateError,
    TooLateToUndoError,
    TooLongError,
    UnknownChangeError,
    UnknownCommitmentError,
    UnknownImportError,
)
from scheduler.errors import (
    AlreadyMemberError,
    EmptyWordsError,
    InviteError,
    StaleDraftError,
    TooFewAdminsError,
    TooManySubscriptionsError,
    UnknownMemberError,
    UnknownSubscriberError,
    UnknownSubscriptionError,
    UnknownTargetError,
)


class BotError(Exception):
    """Any fault of this room."""


class StaleButtonError(BotError):
    """A button that is not ours, or that names what is no longer there."""

    def __init__(self, data: str) -> None:
        super().__init__(data)
        self.data = data


class UnknownFrequencyError(BotError):
    """A word that is no rhythm."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class UnreadableDateError(BotError):
    """Words that are no date."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class UnreadableDayError(BotError):
    """Words of a member of staff that are no day, or one that does not exist."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class UnreadableMomentError(BotError):
    """Words that are no day and hour."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class UnknownStatusError(BotError):
    """A word that is no status."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class NoMediaError(BotError):
    """Neither a picture nor a document that can be sent again."""


class UnknownSettingError(BotError):
    """Words that set nothing."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class SettingsError(BotError):
    """Settings that are missing or wrong, all of them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class StoppedByTelegramError(BotError):
    """Telegram refuses this bot for good: wrong token, or another program serves it."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class BackupError(BotError):
    """A backup that could not be made or put back; the message says why, in English."""


class PictureError(BotError):
    """A picture that could not be drawn; whoever asked for it gets its words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class PortError(BotError):
    """The page cannot be where it should: another program is, or the system does not let it."""

    def __init__(self, port: int, why: str) -> None:
        super().__init__(port, why)
        self.port = port
        self.why = why


_REASONS = {
    401: "the token is refused; check BOT_TOKEN",
    404: "no such bot, or BOT_API_URL is not a Bot API; check BOT_TOKEN and BOT_API_URL",
    409: "another program is serving this bot, or a webhook is set; stop it first",
}


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
        _about_following,
        _about_staff,
        _about_updates,
        _about_importing,
        about_announcements,
        about_questions,
    )
    return next((said for each in about if (said := each(error)) is not None), None)


def _about_following(error: BaseException) -> str | None:
    """The sentence for a wish about subscriptions that cannot be fulfilled."""
    match error:
        case UnknownTargetError(target=target) | EmptyWordsError(words=target):
            return following.unknown_target(target)
        case TooManySubscriptionsError(most=most):
            return following.too_many(most)
        case UnknownSubscriptionError() | UnknownSubscriberError():
            return following.already_stopped()
        case UnknownFrequencyError(word=word):
            return following.unknown_frequency(word)
        case UnreadableDateError(words=words):
            return following.unreadable_date(words)
        case UnknownSettingError(words=words):
            return choosing.unknown_setting(words)
        case _:
            return None


def _about_staff(error: BaseException) -> str | None:
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
            return announcefaults.unreadable_moment(words)
        case NoMediaError():
            return announcefaults.no_media()
        case _:
            return None


def _about_importing(error: BaseException) -> str | None:
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
        case ImportFaultsError(faults=faults):
            return importing.breaks_a_rule(faults)
        case ImportBuiltUponError(number=number, commitments=commitments):
            return importing.built_upon(number, commitments)
        case TooLateError(number=number, hours=hours):
            return importing.too_late(number, hours)
        case _:
            return None


def _about_updates(error: BaseException) -> str | None:
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


def is_a_slip(error: BaseException) -> bool:
    """Whether the sentence says all there is to it: nothing is wrong with the program."""
    return isinstance(error, UnknownCommitmentError | StaleButtonError) or _about_a_wish(error) is not None


def operator_line(error: BaseException) -> str:
    """One line, in English, for whoever runs the program."""
    if isinstance(error, DataError):
        more = f" (and {len(error.faults) - 1} more faults)" if len(error.faults) > 1 else ""
        return f"{error.faults[0]}{more}; run: python -m knowledge check"
    if isinstance(error, StoppedByTelegramError):
        return f"stopped by Telegram ({error.code}): {_REASONS[error.code]}"
    if isinstance(error, SettingsError):
        return f"settings: {error}"
    if isinstance(error, PortError):
        return f"port {error.port} cannot be used ({error.why}); choose another one with --port"
    if isinstance(error, KnowledgeError | BackupError | OSError):
        return " ".join(str(error).split()) or type(error).__name__
    return f"unexpected {type(error).__name__}"
