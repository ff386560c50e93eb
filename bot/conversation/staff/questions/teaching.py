"""From /questions: a sample or a word for a commitment, or of what is out of scope; it acts at the next question."""

import re
from collections.abc import Sequence
from datetime import datetime

from bot import questionkeys as keys
from bot.conversation.kept import say
from bot.conversation.staff.rights import Right, Said
from bot.errors import StaleButtonError
from bot.keyboards import PAGE_SIZE, Press, pages
from bot.replies import Turn
from bot.texts.staff import teaching as texts
from knowledge.authors import Role
from knowledge.matching.meaning import MOST_OFFERED
from knowledge.models import Commitment, Refusal
from knowledge.questions.errors import EmptySampleError
from knowledge.questions.teaching import Lesson, Teaching
from knowledge.service import Knowledge
from scheduler.inputs import Inputs
from scheduler.members import Member

# What a member was asked for: which commitment, then the words themselves. The reference says about what:
# ``31.q`` a sample, ``31.w`` a word (31 is the group that led here); then ``31.q.p07``, or ``31.r.vague``.
_COMMITMENT, _SAMPLE = "q_commitment", "q_sample"
_QUESTION, _WORD, _REFUSAL = "q", "w", "r"
_TYPED_AS = {"exemple": _QUESTION, "mot": _WORD, "hors-sujet": _REFUSAL}
_TYPED = re.compile(r"(exemple|mot|hors-sujet)\s+(\S+)\s+(.+)", re.DOTALL)


class TaughtByStaff:
    """The buttons that teach, and what they ask for."""

    def __init__(self, knowledge: Knowledge, teaching: Teaching, inputs: Inputs) -> None:
        self._knowledge = knowledge
        self._teaching = teaching
        self._inputs = inputs
        self.commands: dict[str, Right] = {}
        self.presses = {
            keys.ADD_SAMPLE: Right(Role.EDITOR, lambda *given: self._which_commitment(_QUESTION, *given)),
            keys.ADD_WORD: Right(Role.EDITOR, lambda *given: self._which_commitment(_WORD, *given)),
            keys.COMMITMENT: Right(Role.EDITOR, self._commitment_pressed),
            keys.OUT_OF_SCOPE: Right(Role.EDITOR, self._which_reason),
            keys.REASON: Right(Role.EDITOR, self._reason_pressed),
            keys.LESSONS: Right(Role.READER, self._lessons),
            keys.TAKE_BACK: Right(Role.EDITOR, self._take_back),
        }
        self.inputs = {
            _COMMITMENT: Right(Role.EDITOR, self._commitment_said),
            _SAMPLE: Right(Role.EDITOR, self._sample_said),
        }

    def typed(self, words: str, member: Member, now: datetime) -> Turn:
        """``exemple p07 …``, ``mot p07 …``, ``hors-sujet vague …`` after the command."""
        found = _TYPED.fullmatch(words)
        if found is None or not member.role.may(Role.EDITOR):
            return say(texts.how_to_use())
        what, name, said = found.groups()
        if what == "hors-sujet" and name not in texts.FILED_UNDER:
            return say(texts.how_to_use())
        return self._teach(_TYPED_AS[what], name.lower(), said, 0, member, now)

    def _which_commitment(self, what: str, press: Press, member: Member, now: datetime) -> Turn:
        group = keys.number(press.value)
        self._inputs.ask(member.id, purpose=_COMMITMENT, ref=f"{group}.{what}", now=now)
        return say(texts.which_commitment(is_word=what == _WORD), rows=keys.cancel())

    def _commitment_said(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        group, what = ref.split(".")
        name = said.text.strip().lower()
        if name in self._knowledge.catalogue:
            return self._ask_for_words(int(group), what, name, member, now)
        # Still waited for, should none of these be it.
        self._inputs.ask(member.id, purpose=_COMMITMENT, ref=ref, now=now)
        shown = [self._knowledge.catalogue.get(each) for each in self._knowledge.ranked(said.text)[:MOST_OFFERED]]
        return say(texts.which_of(shown), rows=keys.commitments(int(group), what, _labels(shown)))

    def _commitment_pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        match press.value.split("."):
            case [group, ("q" | "w") as what, name] if name in self._knowledge.catalogue:
                return self._ask_for_words(keys.number(group), what, name, member, now)
        raise StaleButtonError(press.value)

    def _ask_for_words(self, group: int, what: str, name: str, member: Member, now: datetime) -> Turn:
        self._inputs.ask(member.id, purpose=_SAMPLE, ref=f"{group}.{what}.{name}", now=now)
        its = self._knowledge.catalogue.get(name)
        return say(texts.write_word(its) if what == _WORD else texts.write_sample(its), rows=keys.cancel())

    def _which_reason(self, press: Press, member: Member, now: datetime) -> Turn:
        return say(texts.which_reason(), rows=keys.reasons(keys.number(press.value)))

    def _reason_pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        group, _, name = press.value.partition(".")
        if name not in texts.FILED_UNDER:
            raise StaleButtonError(press.value)
        self._inputs.ask(member.id, purpose=_SAMPLE, ref=f"{keys.number(group)}.{_REFUSAL}.{name}", now=now)
        return say(texts.write_refused(Refusal(name)), rows=keys.settle_or_cancel(keys.number(group)))

    def _sample_said(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        if said.attachment is not None:
            raise EmptySampleError
        group, what, name = ref.split(".")
        return self._teach(what, name, said.text, int(group), member, now)

    def _teach(self, what: str, name: str, said: str, group: int, member: Member, now: datetime) -> Turn:
        match what:
            case "w":
                lesson = self._teaching.add_word(name, said, member.author, now)
            case "r":
                lesson = self._teaching.add_refusal(Refusal(name), said, member.author, now)
            case _:
                lesson = self._teaching.add_question(name, said, member.author, now)
        self._knowledge.refresh()
        title = None if what == _REFUSAL else self._knowledge.catalogue.get(name).title
        return say(*texts.taught(lesson, title), rows=keys.after_teaching(lesson.id, group))

    def _lessons(self, press: Press, member: Member, now: datetime) -> Turn:
        found = self._teaching.lessons()
        last = max(1, -(-len(found) // PAGE_SIZE))
        number = min(press.page or 1, last)
        shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        rows = keys.lessons([(each.id, texts.label(each)) for each in shown]) if member.role.may(Role.EDITOR) else ()
        rows += (*pages(keys.ALL_LESSONS, number, last), (keys.questions(),))
        return say(texts.lessons(shown, number=number, pages=last), rows=rows, in_place=press.page is not None)

    def _take_back(self, press: Press, member: Member, now: datetime) -> Turn:
        gone: Lesson | None = self._teaching.remove(press.value, member.author, now)
        self._knowledge.refresh()
        return say(texts.taken_back(gone), rows=((keys.questions(),),))


def _labels(shown: Sequence[Commitment]) -> list[tuple[str, str]]:
    return [(each.id, each.title) for each in shown]
