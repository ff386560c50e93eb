"""A change file sent to the bot: looked at, confirmed, by a second person where it takes one, taken back."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot import updatekeys
from bot.conversation.kept import say
from bot.conversation.staff.agenda import Source, Waiting
from bot.conversation.staff.rights import Right, Said
from bot.errors import StaleButtonError
from bot.keyboards import Press, Rows
from bot.replies import Button, File, Turn
from bot.texts.staff import files as texts
from bot.texts.staff import importing, updating
from knowledge.authors import Role
from knowledge.changes import Field
from knowledge.errors import ImportBuiltUponError, ImportFaultsError
from knowledge.importing.comparing import Difference, What
from knowledge.importing.imports import Imports
from knowledge.importing.proposals import Outcome
from knowledge.importing.records import Import, State
from knowledge.models import Deliberation, DueDate, Status
from scheduler import ports
from scheduler.hearing import News
from scheduler.members import Member
from scheduler.notices import Notices
from scheduler.updates import Updates

_FIELDS = {What.STATUS: Field.STATUS, What.DELIBERATION: Field.DELIBERATION, What.DUE: Field.DUE}


class Importing:
    """What a file asks, and the buttons under it.

    Args:
        changed: Called once something is recorded, so that it is shown at once.
    """

    def __init__(self, imports: Imports, updates: Updates, notices: Notices, changed: Callable[[], object]) -> None:
        self._imports = imports
        self._updates = updates
        self._notices = notices
        self._changed = changed
        self.commands: dict[str, Right] = {}
        self.presses = {
            updatekeys.SEND_FILE: Right(Role.EDITOR, lambda press, member, now: say(texts.how_to_send())),
            "ui": Right(Role.EDITOR, self._applied),
            "uj": Right(Role.EDITOR, self._refused),
            "uk": Right(Role.APPROVER, self._confirmed),
            "uo": Right(Role.EDITOR, self._undone),
            updatekeys.LOOK: Right(Role.EDITOR, self._looked),
        }
        self.inputs = {"file": Right(Role.EDITOR, self._sent)}
        self.sources: tuple[Source, ...] = (self._waiting, _send)

    def _waiting(self, member: Member, now: datetime) -> Waiting | None:
        if not member.role.may(Role.EDITOR) or not (pending := self._imports.list_pending(now)):
            return None
        return Waiting(
            line=texts.waiting(len(pending)), button=Button(label=texts.LOOK, data=f"{updatekeys.LOOK}:{pending[0].id}")
        )

    def _sent(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        attachment = said.attachment
        if attachment is None or attachment.kind != "document":
            return say(texts.not_a_file())
        if attachment.content is None:
            return say(texts.too_big(attachment.size))
        proposal = self._imports.propose(attachment.content, attachment.name, now)
        if proposal.faults:
            return _with_whole(*texts.faults(proposal.faults), name=texts.FAULTS)
        if not proposal.differences:
            return say(importing.differences_head(0))
        number = self._imports.keep(proposal, member.author, now)
        last = texts.proposed(number, proposal.file_name, self._told(proposal.differences, now), proposal.reasons)
        return self._shown(proposal.differences, last, updatekeys.proposed(number))

    def _applied(self, press: Press, member: Member, now: datetime) -> Turn:
        kept = self._imports.get(updatekeys.number(press.value))
        if kept.made_by.member != member.id:
            raise StaleButtonError(press.value)
        return self._decided(lambda: self._imports.apply(kept.id, member.author, now), kept, member, now)

    def _confirmed(self, press: Press, member: Member, now: datetime) -> Turn:
        kept = self._imports.get(updatekeys.number(press.value))
        turn = self._decided(lambda: self._imports.confirm(kept.id, member.author, now), kept, member, now)
        self._tell_sender(kept.id, member, now)
        return turn

    def _decided(self, act: Callable[[], Outcome], kept: Import, member: Member, now: datetime) -> Turn:
        """What came of a yes. Faults are said in a message: they do not fit in a box."""
        try:
            outcome = act()
        except ImportFaultsError as error:
            return say(importing.breaks_a_rule(error.faults))
        if outcome.state is State.PENDING:
            self._tell_approvers(kept, member, now)
            text = importing.second_person(kept.id, outcome.reasons)
            return say(text, rows=updatekeys.pending(kept.id), in_place=True)
        self._changed()
        text = texts.written(kept.id, len(outcome.differences), self._told(outcome.differences, now))
        return say(text, rows=updatekeys.written(kept.id), in_place=True)

    def _refused(self, press: Press, member: Member, now: datetime) -> Turn:
        """Who sent it may always; others only what waits for a second person, as approvers."""
        kept = self._imports.get(updatekeys.number(press.value))
        is_own = kept.made_by.member == member.id
        if not is_own and not (kept.state is State.PENDING and member.role.may(Role.APPROVER)):
            raise StaleButtonError(press.value)
        self._imports.refuse(kept.id, member.author, now)
        if not is_own:
            self._tell_sender(kept.id, member, now)
        return say(importing.refused(kept.id), in_place=True)

    def _undone(self, press: Press, member: Member, now: datetime) -> Turn:
        number = updatekeys.number(press.value)
        try:
            count = self._imports.undo(number, member.author, now)
        except ImportBuiltUponError as error:
            return say(importing.built_upon(number, error.commitments))
        self._changed()
        return say(importing.undone(number, count), in_place=True)

    def _looked(self, press: Press, member: Member, now: datetime) -> Turn:
        """A file that waits, as it would be written now."""
        kept = self._imports.get(updatekeys.number(press.value))
        if kept.state is not State.PENDING:
            return say(importing.decided(kept.id, kept.state))
        try:
            found = self._imports.review(kept.id, now)
        except ImportFaultsError as error:
            return say(importing.breaks_a_rule(error.faults), rows=updatekeys.pending(kept.id))
        told = self._told(found.differences, now)
        last = texts.waits(kept.id, kept.file_name, kept.made_by.member, told, found.reasons)
        may = member.role.may(Role.APPROVER) and kept.made_by.member != member.id
        rows = updatekeys.second_person(kept.id) if may else updatekeys.pending(kept.id)
        return self._shown(found.differences, last, rows)

    def _shown(self, differences: Sequence[Difference], last: str, rows: Rows) -> Turn:
        catalogue = self._updates.catalogue()
        lines = [importing.difference(each, catalogue.get(each.commitment).title) for each in differences]
        text, whole = texts.differences(lines, importing.differences_head(len(lines)))
        if whole is None:
            return say(text, last, rows=rows)
        return say(text, last, rows=rows, file=File(name=texts.ALL, text=whole))

    def _told(self, differences: Sequence[Difference], now: datetime) -> str:
        news = (_news(each) for each in differences)
        return updating.told(self._updates.hearers((each for each in news if each is not None), now))

    def _tell_approvers(self, kept: Import, member: Member, now: datetime) -> None:
        button = ports.Button(label=texts.LOOK, data=f"{updatekeys.LOOK}:{kept.id}")
        part = ports.Part(text=texts.notice(kept.id, kept.file_name, member.id), rows=((button,),))
        self._notices.to_role(Role.APPROVER, f"import:{kept.id}", part, now, but=member.id)

    def _tell_sender(self, number: int, member: Member, now: datetime) -> None:
        kept = self._imports.get(number)
        if kept.made_by.member is not None and kept.state in (State.APPLIED, State.REFUSED):
            said = texts.decided(number, confirmed=kept.state is State.APPLIED, by=member.id)
            self._notices.to_member(kept.made_by.member, f"import:{number}:decided", ports.Part(text=said), now)


def _send(member: Member, now: datetime) -> Waiting | None:
    if not member.role.may(Role.EDITOR):
        return None
    return Waiting(line=None, button=Button(label=texts.IMPORT, data=updatekeys.SEND_FILE))


def _with_whole(text: str, whole: str | None, *, name: str) -> Turn:
    return say(text) if whole is None else say(text, name, file=File(name=name, text=whole))


def _news(this: Difference) -> News | None:
    """What people may hear of; a note, and a page named for a status that stays, are not told."""
    field = _FIELDS.get(this.what)
    if field is None:
        return None
    return News(commitment=this.commitment, field=field, old=_value(this.old), new=_value(this.new))


def _value(value: object) -> Status | Deliberation | tuple[DueDate, ...] | None:
    match value:
        case Status() | Deliberation() | None:
            return value
        case tuple():
            return tuple(each for each in value if isinstance(each, DueDate))
        case _:
            return None
