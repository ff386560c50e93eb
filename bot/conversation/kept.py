"""What is kept about people, as the conversation uses it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.replies import Caller, Deed, File, Reply, Turn
from bot.texts import following
from knowledge.matching.meaning import Meaning, Outcome
from knowledge.questions.kept import KeptQuestions
from scheduler.enquiries import Enquiries
from scheduler.errors import UnknownSubscriptionError
from scheduler.facts import DigestFacts
from scheduler.subscribers import ChatKind, Subscriber, Subscribers
from scheduler.subscriptions import Subscription, Subscriptions

MENU = Meaning(outcome=Outcome.MENU)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Built once.

    Attributes:
        questions: Words that people let be kept, without them.
        enquiries: Questions that people sent to staff.
        dossier: Everything held about a subscriber, as JSON values.
        membership: What is held about whoever speaks in a chat as one of the team; None of anybody else.
        erase: Forgets a subscriber for good.
        told: What a delivery of a subscriber said; None once it is no longer kept, or was not theirs.
        trial: Whether it is a copy that nobody keeps.
    """

    subscribers: Subscribers
    subscriptions: Subscriptions
    questions: KeptQuestions
    enquiries: Enquiries
    dossier: Callable[[int], dict[str, Any]]
    membership: Callable[[int], dict[str, Any] | None]
    erase: Callable[[int, datetime], object]
    told: Callable[[int, int], DigestFacts | None]
    trial: bool = False

    def find(self, caller: Caller) -> Subscriber | None:
        """The subscriber of a chat."""
        return self.subscribers.find(caller.chat)

    def find_again(self, caller: Caller) -> Subscriber | None:
        """The same, even after the chat was closed to the bot: who speaks here has opened it again."""
        self.subscribers.come_back(caller.chat)
        return self.find(caller)

    def open(self, caller: Caller, now: datetime) -> Subscriber:
        """The subscriber of a chat, made when it is new."""
        kind = ChatKind.GROUP if caller.group else ChatKind.PRIVATE
        return self.subscribers.open(caller.chat, kind, now)

    def list_of(self, caller: Caller) -> tuple[Subscription, ...]:
        """What a chat follows, oldest first."""
        subscriber = self.find(caller)
        return self.subscriptions.list_of(subscriber.id) if subscriber else ()

    def get(self, caller: Caller, number: str) -> tuple[Subscriber, Subscription]:
        """One subscription of this chat, by the number in a button, which may be forged.

        Raises:
            UnknownSubscriptionError: It ended, or is not theirs.
        """
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) <= 15 else 0
        subscriber = self.find(caller)
        if subscriber is None:
            raise UnknownSubscriptionError(wanted)
        return subscriber, self.subscriptions.get(subscriber.id, wanted)

    def said(self, turn: Turn) -> Turn:
        """The turn, with the reminder that a trial keeps nothing."""
        if not self.trial or not turn.replies:
            return turn
        last = turn.replies[-1]
        text = f"{last.text}\n\n{following.trial()}"
        return Turn(
            meaning=turn.meaning,
            replies=(*turn.replies[:-1], replace(last, text=text)),
            in_place=turn.in_place,
        )


def asking(act: Callable[[Caller, datetime], Turn], *, changes: bool = True) -> Turn:
    """A turn that waits for its deed."""
    return Turn(meaning=MENU, deed=Deed(act=act, changes=changes))


def say(*texts: str, rows: Any = (), in_place: bool = False, file: File | None = None) -> Turn:
    """A turn made of messages, the buttons under the last."""
    replies = (*(Reply(text=text) for text in texts[:-1]), Reply(text=texts[-1], rows=rows, file=file))
    return Turn(meaning=MENU, replies=replies, in_place=in_place)
