"""From /questions: what residents sent to be answered, the answer looked over, then sent."""

from datetime import datetime
from hashlib import sha256

from bot import questionkeys as keys
from bot.conversation.kept import say
from bot.conversation.staff.rights import Right, Said
from bot.errors import StaleButtonError
from bot.keyboards import PAGE_SIZE, Press, pages
from bot.replies import Turn
from bot.texts import consent
from bot.texts.markup import units
from bot.texts.staff import enquiring as texts
from knowledge.authors import Role
from scheduler.enquiries import Enquiries, Enquiry
from scheduler.errors import EmptyAnswerError, LongAnswerError
from scheduler.inputs import Inputs
from scheduler.members import Member
from scheduler.ports import Part

# With the question above it (500 characters, escaped) it fits one message.
LONGEST = 2_000
_ANSWER = "q_answer"


class Enquiring:
    """The questions that wait for somebody's answer."""

    def __init__(self, enquiries: Enquiries, inputs: Inputs) -> None:
        self._enquiries = enquiries
        self._inputs = inputs
        self.commands: dict[str, Right] = {}
        self.presses = {
            keys.ENQUIRIES: Right(Role.READER, self._list),
            keys.ENQUIRY: Right(Role.READER, self._one),
            keys.ANSWER: Right(Role.EDITOR, self._write),
            keys.ANSWER_YES: Right(Role.EDITOR, self._send),
        }
        self.inputs = {_ANSWER: Right(Role.EDITOR, self._written)}

    def _list(self, press: Press, member: Member, now: datetime) -> Turn:
        found = self._enquiries.list_open()
        last = max(1, -(-len(found) // PAGE_SIZE))
        number = min(press.page or 1, last)
        shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        rows = keys.enquiries([(each.id, texts.enquiry_label(each)) for each in shown])
        rows += (*pages(keys.ALL_ENQUIRIES, number, last), (keys.questions(),))
        said = texts.enquiries(shown, number=number, pages=last, total=len(found))
        return say(said, rows=rows, in_place=press.page is not None)

    def _one(self, press: Press, member: Member, now: datetime) -> Turn:
        its = self._enquiries.get(keys.number(press.value))
        rows = keys.answer(its.id) if member.role.may(Role.EDITOR) else ()
        return say(*texts.enquiry(its), rows=rows)

    def _write(self, press: Press, member: Member, now: datetime) -> Turn:
        its = self._enquiries.get(keys.number(press.value))
        self._inputs.ask(member.id, purpose=_ANSWER, ref=str(its.id), now=now)
        return say(texts.write_answer(LONGEST), rows=keys.cancel())

    def _written(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        if said.attachment is not None or not said.text.strip():
            raise EmptyAnswerError
        # Counted with its marks: they count towards the limit of a message in the worst case.
        if (length := units(said.html)) > LONGEST:
            raise LongAnswerError(length, LONGEST)
        self._enquiries.write_draft(int(ref), said.html)
        its = self._enquiries.get(int(ref))
        return say(texts.look_over(), _as_read(its), rows=keys.confirm_answer(its.id, _seal(its)))

    def _send(self, press: Press, member: Member, now: datetime) -> Turn:
        number, _, seal = press.value.partition(".")
        its = self._enquiries.get(keys.number(number))
        if its.draft is None or seal != _seal(its):
            # Somebody has written another answer since this one was looked over.
            raise StaleButtonError(press.value)
        self._enquiries.answer(its.id, Part(text=_as_read(its)), member.author, now)
        return say(texts.answer_sent(), rows=((keys.questions(),),))


def _as_read(its: Enquiry) -> str:
    return consent.answer(its.question, its.draft or "")


def _seal(its: Enquiry) -> str:
    """Names a draft on the button that sends it: what was looked over is what leaves."""
    return sha256((its.draft or "").encode()).hexdigest()[:12]
