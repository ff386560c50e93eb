"""« Statuts à confirmer »: those that the report's text does not give, in document order, one tap each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot import updatekeys
from bot.conversation.kept import say
from bot.conversation.staff.agenda import Source, Waiting
from bot.conversation.staff.rights import Right, Said
from bot.conversation.staff.updates import typed
from bot.errors import StaleButtonError
from bot.keyboards import Press
from bot.replies import Button, Turn
from bot.texts.staff import updating as texts
from knowledge.authors import Role
from knowledge.catalogue import Catalogue
from knowledge.entering import StatusEntry
from knowledge.models import Commitment, Status
from scheduler.errors import StaleDraftError
from scheduler.inputs import Inputs
from scheduler.members import Member
from scheduler.updates import Updates

_PROOF = "up_proof"


class FirstStatuses:
    """One commitment after the other; where one stands is in the buttons, so nothing is kept.

    Args:
        changed: Called once something is recorded, so that it is shown at once.
    """

    def __init__(self, updates: Updates, inputs: Inputs, changed: Callable[[], object]) -> None:
        self._updates = updates
        self._inputs = inputs
        self._changed = changed
        self.commands: dict[str, Right] = {}
        self.presses = {
            updatekeys.FIRST_STATUSES: Right(Role.EDITOR, self._pressed),
            "ub": Right(Role.EDITOR, self._undone),
        }
        self.inputs = {_PROOF: Right(Role.EDITOR, self._proof_typed)}
        self.sources: tuple[Source, ...] = (self._waiting,)

    def _waiting(self, member: Member, now: datetime) -> Waiting | None:
        left = len(_left(self._updates.catalogue()))
        if not left or not member.role.may(Role.EDITOR):
            return None
        button = Button(label=texts.FIRST_STATUSES, data=updatekeys.FIRST_STATUSES)
        return Waiting(line=texts.first_statuses_left(left), button=button)

    def _pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        commitment, _, answer = press.value.partition(".")
        self._inputs.drop(member.id)
        if not commitment:
            return self._next()
        return replace(self._answered(self._updates.catalogue().get(commitment), answer, member, now), in_place=True)

    def _answered(self, commitment: Commitment, answer: str, member: Member, now: datetime) -> Turn:
        match answer:
            case "":
                return self._page(commitment, self._updates.catalogue())
            case updatekeys.PASSED:
                return self._next(commitment.id)
            case Status.REALISE:
                self._inputs.ask(member.id, purpose=_PROOF, ref=commitment.id, now=now)
                return say(texts.ask_proof(commitment), rows=updatekeys.proof(commitment.id))
        if answer in list(Status):
            return self._record(StatusEntry(commitment=commitment.id, status=Status(answer)), member, now)
        raise StaleButtonError(answer)

    def _proof_typed(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        shown = typed.source(said.text)
        entry = StatusEntry(commitment=ref, status=Status.REALISE, url=shown.url, document=shown.document)
        return self._record(entry, member, now)

    def _record(self, entry: StatusEntry, member: Member, now: datetime) -> Turn:
        """Record it and show the next one.

        Raises:
            StaleDraftError: It was given a status already: a second tap, or a colleague.
        """
        recorded = self._updates.enter_first(entry, member.author, now)
        if recorded is None:
            raise StaleDraftError(0)
        self._changed()
        return self._next(entry.commitment, last=recorded.change)

    def _undone(self, press: Press, member: Member, now: datetime) -> Turn:
        _, now_is = self._updates.undo(updatekeys.number(press.value), member.author, now)
        self._changed()
        return replace(self._page(now_is, self._updates.catalogue()), in_place=True)

    def _next(self, after: str | None = None, *, last: int | None = None) -> Turn:
        """The first one without a status after another one, or of all."""
        catalogue = self._updates.catalogue()
        ids = [each.id for each in catalogue.commitments]
        start = ids.index(after) + 1 if after else 0
        left = _left(catalogue)
        following = next((each for each in left if ids.index(each.id) >= start), None)
        if following is not None:
            return self._page(following, catalogue, last=last)
        again = ((Button(label=texts.FIRST_STATUSES, data=updatekeys.FIRST_STATUSES),),) if left else ()
        return say(texts.first_statuses_over(len(left)), rows=(*again, *updatekeys.undo_last(last)))

    def _page(self, commitment: Commitment, catalogue: Catalogue, *, last: int | None = None) -> Turn:
        """One commitment; its place is among all that the report leaves open, whatever was confirmed since."""
        silent = [each.id for each in catalogue.commitments if each.report_status is None]
        if commitment.id not in silent:
            raise StaleButtonError(commitment.id)
        place = silent.index(commitment.id) + 1
        text = texts.first_status(commitment, place, len(silent), len(_left(catalogue)), catalogue.document)
        return say(text, rows=updatekeys.first_status(commitment.id, last))


def _left(catalogue: Catalogue) -> list[Commitment]:
    return [each for each in catalogue.commitments if each.status is None]
