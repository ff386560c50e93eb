"""An update step by step: each answer, pressed or typed, is kept in the draft, and the next thing is asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot import updatekeys
from bot.conversation.kept import say
from bot.conversation.staff.rights import Right, Said
from bot.conversation.staff.updates import typed
from bot.errors import StaleButtonError
from bot.keyboards import Press
from bot.replies import Turn
from bot.texts.staff import slips
from bot.texts.staff import updating as texts
from knowledge import entering
from knowledge.authors import Role
from knowledge.catalogue import Catalogue
from knowledge.entering import Entry, StatusEntry, VoteEntry
from knowledge.errors import AddressError, UnknownCommitmentError
from knowledge.exchange.dates import is_date
from knowledge.models import Commitment, Deliberation, Origin, Status
from scheduler.drafts import Draft, DraftKind, Drafts, Step
from scheduler.errors import StaleDraftError
from scheduler.inputs import Inputs
from scheduler.members import Member
from scheduler.updates import Recorded, Updates

_MOST_FOUND = 5
_ASKED = {Step.COMMITMENT: "up_find", Step.DATE: "up_date", Step.LABEL: "up_label", Step.SOURCE: "up_source"}

# A draft with the answer that was typed.
Answer = Callable[[Draft, str, datetime], Draft]


class Drafting:
    """The buttons and questions of a draft.

    Args:
        ranked: The commitments closest to some words, best first.
        done: The turn for what was recorded.
    """

    def __init__(
        self,
        updates: Updates,
        drafts: Drafts,
        inputs: Inputs,
        ranked: Callable[[str], tuple[str, ...]],
        done: Callable[[Recorded], Turn],
    ) -> None:
        self._updates = updates
        self._drafts = drafts
        self._inputs = inputs
        self._ranked = ranked
        self._done = done
        self.presses = {
            updatekeys.NEW_STATUS: Right(Role.EDITOR, self._begun),
            updatekeys.NEW_VOTE: Right(Role.EDITOR, self._begun),
            "ud": Right(Role.EDITOR, self._answered),
            "uc": Right(Role.EDITOR, self._confirmed),
            "ux": Right(Role.EDITOR, self._dropped),
        }
        typed_answers: dict[Step, Answer] = {
            Step.DATE: _with_date,
            Step.LABEL: _with_label,
            Step.SOURCE: _with_source,
        }
        self.inputs = {
            _ASKED[step]: Right(Role.EDITOR, self._typed_with(answer)) for step, answer in typed_answers.items()
        } | {_ASKED[Step.COMMITMENT]: Right(Role.EDITOR, self._searched)}

    def begin(self, draft: Draft, now: datetime, *, words: str = "") -> Turn:
        """Ask what a new draft lacks; words are searched for."""
        return self._choose(draft, words, now) if words else self._ask(draft, now)

    def _begun(self, press: Press, member: Member, now: datetime) -> Turn:
        kind = DraftKind.VOTE if press.action == updatekeys.NEW_VOTE else DraftKind.STATUS
        known = self._updates.catalogue().get(press.value).id if press.value else None
        return self._ask(self._drafts.start(member.id, kind, now, commitment=known), now)

    def _answered(self, press: Press, member: Member, now: datetime) -> Turn:
        number, version, code, value = (*press.value.split(".", 3), "", "", "")[:4]
        draft = self._drafts.get(member.id, updatekeys.number(number), updatekeys.number(version))
        answered = self._pressed(draft, code, value, now)
        return replace(self._ask(self._drafts.save(answered, now), now), in_place=True)

    def _pressed(self, draft: Draft, code: str, value: str, now: datetime) -> Draft:
        match code, value:
            case "c", _:
                return replace(draft, commitment=self._updates.catalogue().get(value).id)
            case "s", _ if value in list(Status) and draft.kind is DraftKind.STATUS:
                return replace(draft, status=Status(value))
            case "d", "" if draft.kind is DraftKind.STATUS:
                return replace(draft, date=None, dated=True)
            case "d", _ if is_date(value):
                return _with_date(draft, value, now)
            case "q", "":
                return replace(draft, url=None, document=None, sourced=True)
            case "e", "d":
                return replace(draft, date=None, dated=False)
            case "e", "q":
                return replace(draft, url=None, document=None, sourced=False)
        raise StaleButtonError(f"{code}.{value}")

    def _confirmed(self, press: Press, member: Member, now: datetime) -> Turn:
        number, _, version = press.value.partition(".")
        recorded = self._updates.confirm(member, updatekeys.number(number), updatekeys.number(version), entry_of, now)
        return replace(self._done(recorded), in_place=True)

    def _dropped(self, press: Press, member: Member, now: datetime) -> Turn:
        self._drafts.drop(member.id, updatekeys.number(press.value))
        self._inputs.drop(member.id)
        return say(texts.dropped(), in_place=True)

    def _searched(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        try:
            draft = self._of(ref, member)
        except StaleDraftError:
            return say(slips.stale_draft())
        try:
            known = self._updates.catalogue().get(said.text.strip().lower()).id
        except UnknownCommitmentError:
            if typed.commitment_id(said.text.strip()) is not None:
                raise
            return self._choose(draft, said.text, now)
        return self._ask(self._drafts.save(replace(draft, commitment=known), now), now)

    def _typed_with(self, answer: Answer) -> Callable[[str, Said, Member, datetime], Turn]:
        def act(ref: str, said: Said, member: Member, now: datetime) -> Turn:
            try:
                draft = self._of(ref, member)
            except StaleDraftError:
                return say(slips.stale_draft())
            return self._ask(self._drafts.save(answer(draft, said.text, now), now), now)

        return act

    def _of(self, ref: str, member: Member) -> Draft:
        number, _, version = ref.partition(".")
        return self._drafts.get(member.id, updatekeys.number(number), updatekeys.number(version))

    def _choose(self, draft: Draft, words: str, now: datetime) -> Turn:
        self._wait(draft, now)
        catalogue = self._updates.catalogue()
        found = [catalogue.get(each) for each in self._ranked(words)[:_MOST_FOUND]]
        return say(texts.which(words), rows=updatekeys.draft(draft, found, now.date()))

    def _ask(self, draft: Draft, now: datetime) -> Turn:
        """Ask what the draft lacks, or show what it would change."""
        self._wait(draft, now)
        return say(self._question(draft, now), rows=updatekeys.draft(draft, (), now.date()))

    def _wait(self, draft: Draft, now: datetime) -> None:
        purpose = _ASKED.get(draft.step)
        if purpose is None:
            self._inputs.drop(draft.member)
        else:
            self._inputs.ask(draft.member, purpose=purpose, ref=f"{draft.id}.{draft.version}", now=now)

    def _question(self, draft: Draft, now: datetime) -> str:
        is_vote = draft.kind is DraftKind.VOTE
        if draft.commitment is None:
            return texts.choose(vote=is_vote)
        catalogue = self._updates.catalogue()
        commitment = catalogue.get(draft.commitment)
        match draft.step:
            case Step.STATUS:
                return texts.choose_status(commitment, catalogue.document)
            case Step.DATE:
                return texts.choose_date(commitment, vote=is_vote)
            case Step.LABEL:
                return texts.ask_label(commitment, entering.MOST_WORDS)
            case Step.SOURCE:
                return texts.ask_source(commitment, vote=is_vote, required=draft.status is Status.REALISE)
            case _:
                return self._preview(draft, commitment, catalogue, now)

    def _preview(self, draft: Draft, commitment: Commitment, catalogue: Catalogue, now: datetime) -> str:
        entry = entry_of(draft)
        hearers = self._updates.check(entry, now)
        return texts.preview(commitment, entry, catalogue.document, hearers)


def entry_of(draft: Draft) -> Entry:
    """What a draft that lacks nothing amounts to.

    Raises:
        StaleDraftError: It lacks something.
    """
    if draft.step is not Step.CONFIRM or draft.commitment is None:
        raise StaleDraftError(draft.id)
    if draft.kind is DraftKind.VOTE and draft.date is not None and draft.label is not None:
        vote = Deliberation(date=draft.date, label=draft.label, url=draft.url, source=Origin.STAFF)
        return VoteEntry(commitment=draft.commitment, vote=vote)
    if draft.status is None:
        raise StaleDraftError(draft.id)
    return StatusEntry(
        commitment=draft.commitment, status=draft.status, date=draft.date, url=draft.url, document=draft.document
    )


def _with_date(draft: Draft, words: str, now: datetime) -> Draft:
    day = typed.day(words, now.date())
    entering.check_date(day, now.date())
    return replace(draft, date=day, dated=True)


def _with_label(draft: Draft, words: str, now: datetime) -> Draft:
    label, url = typed.with_address(words)
    if not label:
        raise AddressError(words)
    entering.check_words(label)
    if url is not None:
        entering.check_address(url)
    return replace(draft, label=label, url=url, sourced=url is not None)


def _with_source(draft: Draft, words: str, now: datetime) -> Draft:
    found = typed.source(words)
    if draft.kind is DraftKind.VOTE and (found.url is None or found.document is not None):
        raise AddressError(words)
    if found.url is not None:
        entering.check_address(found.url)
    if found.document is not None:
        entering.check_words(found.document)
    return replace(draft, url=found.url, document=found.document, sourced=True)
