"""/statut and /deliberation: at once with their arguments, else step by step; and the way back."""

from collections.abc import Callable
from datetime import datetime

from bot import updatekeys
from bot.conversation.kept import say
from bot.conversation.staff.agenda import Source, Waiting
from bot.conversation.staff.rights import Right
from bot.conversation.staff.updates import typed
from bot.conversation.staff.updates.drafting import Drafting
from bot.keyboards import Press
from bot.replies import Button, Turn
from bot.texts.staff import updating as texts
from knowledge.authors import Role
from knowledge.entering import StatusEntry, VoteEntry
from knowledge.errors import ProofMissingError
from knowledge.models import Deliberation, Origin
from scheduler.drafts import DraftKind, Drafts
from scheduler.inputs import Inputs
from scheduler.members import Member
from scheduler.updates import Recorded, Updates


class Updating:
    """The commands that change one commitment.

    Args:
        ranked: The commitments closest to some words, best first.
        changed: Called once something is recorded, so that it is shown at once.
    """

    def __init__(
        self,
        updates: Updates,
        drafts: Drafts,
        inputs: Inputs,
        ranked: Callable[[str], tuple[str, ...]],
        changed: Callable[[], object],
    ) -> None:
        self._updates = updates
        self._drafts = drafts
        self._changed = changed
        self._drafting = Drafting(updates, drafts, inputs, ranked, self._told)
        self.commands = {
            "statut": Right(Role.EDITOR, self._status_typed),
            "deliberation": Right(Role.EDITOR, self._vote_typed),
        }
        self.presses = {"uu": Right(Role.EDITOR, self._undone)} | self._drafting.presses
        self.inputs = self._drafting.inputs
        self.sources: tuple[Source, ...] = (
            _offer(texts.NEW_STATUS, updatekeys.NEW_STATUS),
            _offer(texts.NEW_VOTE, updatekeys.NEW_VOTE),
        )

    def _status_typed(self, words: str, member: Member, now: datetime) -> Turn:
        said = typed.after_status(words, now.date())
        if said.commitment is None or said.status is None:
            return self._step_by_step(DraftKind.STATUS, said.commitment, words, member, now)
        entry = StatusEntry(
            commitment=said.commitment,
            status=said.status,
            date=said.date,
            url=said.source.url,
            document=said.source.document,
        )
        try:
            return self._told(self._updates.enter(entry, member.author, now))
        except ProofMissingError:
            draft = self._drafts.start(
                member.id,
                DraftKind.STATUS,
                now,
                commitment=entry.commitment,
                status=entry.status,
                date=entry.date,
                dated=True,
            )
            return self._drafting.begin(draft, now)

    def _vote_typed(self, words: str, member: Member, now: datetime) -> Turn:
        said = typed.after_vote(words, now.date())
        if said.commitment is None or said.date is None or said.label is None:
            return self._step_by_step(DraftKind.VOTE, said.commitment, words, member, now, date=said.date)
        vote = Deliberation(date=said.date, label=said.label, url=said.url, source=Origin.STAFF)
        return self._told(self._updates.enter(VoteEntry(commitment=said.commitment, vote=vote), member.author, now))

    def _step_by_step(
        self,
        kind: DraftKind,
        commitment: str | None,
        words: str,
        member: Member,
        now: datetime,
        *,
        date: str | None = None,
    ) -> Turn:
        known = self._updates.catalogue().get(commitment).id if commitment else None
        draft = self._drafts.start(member.id, kind, now, commitment=known, date=date)
        return self._drafting.begin(draft, now, words="" if known else words)

    def _undone(self, press: Press, member: Member, now: datetime) -> Turn:
        change, now_is = self._updates.undo(updatekeys.number(press.value), member.author, now)
        self._changed()
        text = texts.undone(change, now_is, self._updates.catalogue().document)
        return say(text, rows=updatekeys.undone(now_is.id), in_place=True)

    def _told(self, recorded: Recorded) -> Turn:
        """What came of an entry, and the way back."""
        document = self._updates.catalogue().document
        if recorded.change is None:
            text = texts.nothing_new(recorded.before, recorded.entry, document)
        else:
            self._changed()
            text = texts.recorded(recorded.before, recorded.entry, document, recorded.hearers)
        return say(text, rows=updatekeys.recorded(recorded.change, recorded.before.id))


def _offer(label: str, data: str) -> Source:
    """A button of the first page, for who may use it."""

    def source(member: Member, now: datetime) -> Waiting | None:
        return Waiting(line=None, button=Button(label=label, data=data)) if member.role.may(Role.EDITOR) else None

    return source
