"""/verifier: somebody looked, and nothing has changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot import updatekeys
from bot.conversation.kept import say
from bot.conversation.staff.agenda import Source, Waiting
from bot.conversation.staff.rights import Right
from bot.keyboards import PAGE_SIZE, Press
from bot.replies import Button, Turn
from bot.texts.staff import updating as texts
from knowledge.authors import Role
from scheduler.members import Member
from scheduler.updates import Updates

_LIST = "l"


class Verifying:
    """The command and its buttons.

    Args:
        changed: Called once something is recorded, so that it is shown at once.
    """

    def __init__(self, updates: Updates, changed: Callable[[], object]) -> None:
        self._updates = updates
        self._changed = changed
        self.commands = {"verifier": Right(Role.EDITOR, self._typed)}
        self.presses = {
            "uv": Right(Role.EDITOR, self._pressed),
            updatekeys.OLDEST: Right(Role.EDITOR, lambda press, member, now: self._oldest(now)),
        }
        self.inputs: dict[str, Right] = {}
        self.sources: tuple[Source, ...] = (_waiting,)

    def _typed(self, words: str, member: Member, now: datetime) -> Turn:
        return self._check(words.strip().lower(), member, now) if words.strip() else self._oldest(now)

    def _pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        commitment, _, origin = press.value.partition(".")
        done = self._check(commitment, member, now)
        return replace(self._oldest(now) if origin == _LIST else done, in_place=True)

    def _check(self, commitment: str, member: Member, now: datetime) -> Turn:
        is_new = self._updates.confirm_unchanged(commitment, member.author, now)
        self._changed()
        catalogue = self._updates.catalogue()
        text = texts.checked(catalogue.get(commitment), catalogue.document, again=not is_new)
        return say(text, rows=updatekeys.checked(commitment))

    def _oldest(self, now: datetime) -> Turn:
        """Those looked at the longest ago, in document order where it was the same day; none of today."""
        today = now.date().isoformat()
        open_ones = [each for each in self._updates.catalogue().commitments if each.checked_at < today]
        found = sorted(open_ones, key=lambda each: each.checked_at)[:PAGE_SIZE]
        if not found:
            return say(texts.all_checked())
        return say(texts.checked_longest_ago(found), rows=updatekeys.oldest(found))


def _waiting(member: Member, now: datetime) -> Waiting | None:
    if not member.role.may(Role.EDITOR):
        return None
    return Waiting(line=None, button=Button(label=texts.VERIFY, data=updatekeys.OLDEST))
