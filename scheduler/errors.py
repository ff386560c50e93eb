"""What can go wrong with subscriptions and deliveries, as facts; the sentences are chosen by who shows them."""

from dataclasses import dataclass
from enum import StrEnum


class SchedulerError(Exception):
    """Any fault of this room."""


@dataclass
class UnknownTargetError(SchedulerError):
    """Nothing in the knowledge base is called so."""

    target: str


@dataclass
class EmptyWordsError(SchedulerError):
    """Only stop words, or nothing, were left of the words to follow."""

    words: str


@dataclass
class TooManySubscriptionsError(SchedulerError):
    """The person already follows as many things as one may."""

    most: int


@dataclass
class UnknownSubscriptionError(SchedulerError):
    """It ended, never was, or is another person's."""

    subscription: int


@dataclass
class UnknownSubscriberError(SchedulerError):
    """Nobody active has this number."""

    subscriber: int


@dataclass
class QuietHoursError(SchedulerError):
    """Not of the form ``20:00-08:00,sunday``, or it would leave no moment at all."""

    text: str


@dataclass
class UnknownMemberError(SchedulerError):
    """Nobody of the team has this number."""

    member: int


@dataclass
class TooFewAdminsError(SchedulerError):
    """The last admin, or the second of two, would go."""

    admins: int


class InviteError(SchedulerError):
    """The invitation is unknown, used or too old."""


@dataclass
class AlreadyMemberError(SchedulerError):
    """Who accepts is of the team already."""

    member: int


@dataclass
class StaleDraftError(SchedulerError):
    """The update was answered further, recorded or dropped since its button was shown."""

    draft: int


@dataclass
class UnknownEnquiryError(SchedulerError):
    """It was answered, withdrawn, or is over."""

    enquiry: int


@dataclass
class TooManyEnquiriesError(SchedulerError):
    """The person already has as many questions with staff as one may."""

    most: int


class EmptyAnswerError(SchedulerError):
    """An answer without words."""


@dataclass
class LongAnswerError(SchedulerError):
    """An answer that does not fit in one message."""

    length: int
    most: int


class GoneReason(StrEnum):
    """Why a chat can no longer be written to."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    KICKED = "kicked"
    NOT_FOUND = "not_found"


class SendError(SchedulerError):
    """A message was not, or perhaps not, delivered."""


@dataclass
class SubscriberGoneError(SendError):
    """Refused for good: the chat is closed to the bot. Not delivered."""

    reason: GoneReason


@dataclass
class RetryLaterError(SendError):
    """Not delivered; may be tried again after that many seconds.

    Attributes:
        flood: Telegram itself asked for the wait (429); else the connection was never made.
    """

    seconds: float
    flood: bool = False


@dataclass
class RefusedTextError(SendError):
    """The message itself is refused, whoever it is for. Not delivered."""

    why: str


class NoMediaHereError(SendError):
    """The group takes no pictures or documents; words it takes. Not delivered."""


class MessageGoneError(SendError):
    """The message to edit is not there any more: its reader took it away. Nothing was changed."""


@dataclass
class UncertainError(SendError):
    """The call broke off after it was sent: it may have been delivered."""

    why: str


@dataclass
class ChatMovedError(SendError):
    """The group has another id now. Not delivered."""

    new_chat_id: int


@dataclass
class StoppedError(SendError):
    """Telegram refuses the whole program (401, 404, 409)."""

    code: int
