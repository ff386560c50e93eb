"""/questions: what was asked in vain, counted; the words that people let be kept, alike together; dealt with or not."""

from datetime import datetime, timedelta

from bot import questionkeys as keys
from bot.conversation.kept import say
from bot.conversation.staff.agenda import Waiting
from bot.conversation.staff.questions.teaching import TaughtByStaff
from bot.conversation.staff.rights import Right
from bot.keyboards import PAGE_SIZE, Press, pages
from bot.replies import Turn
from bot.texts.staff import questioning as texts
from knowledge.authors import Role
from knowledge.database import Database
from knowledge.misses import Asked, asked_between
from knowledge.questions.kept import KeptQuestions
from knowledge.service import Knowledge
from scheduler.enquiries import Enquiries
from scheduler.members import Member

_WEEK, _MONTH = timedelta(days=6), timedelta(days=29)


class Questioning:
    """The command, its pages and groups.

    Args:
        database: Where what is asked is counted.
        teaching: What the words after the command may teach.
    """

    def __init__(
        self,
        database: Database,
        knowledge: Knowledge,
        questions: KeptQuestions,
        enquiries: Enquiries,
        teaching: TaughtByStaff,
    ) -> None:
        self._database = database
        self._knowledge = knowledge
        self._questions = questions
        self._enquiries = enquiries
        self._teaching = teaching
        self.commands = {"questions": Right(Role.READER, self._typed)}
        self.presses = {
            keys.PAGE: Right(Role.READER, self._turned),
            keys.GROUP: Right(Role.READER, self._group),
            keys.SETTLE: Right(Role.EDITOR, self._settle),
            keys.REOPEN: Right(Role.EDITOR, self._reopen),
        }
        self.inputs: dict[str, Right] = {}

    def waiting(self, member: Member, now: datetime) -> Waiting:
        """What waits here, for the staff's first page."""
        line = texts.waiting(len(self._questions.groups()), len(self._enquiries.list_open()))
        return Waiting(line=line, button=keys.questions())

    def _typed(self, words: str, member: Member, now: datetime) -> Turn:
        if words:
            return self._teaching.typed(words, member, now)
        return self._page(1, now, in_place=False)

    def _turned(self, press: Press, member: Member, now: datetime) -> Turn:
        return self._page(press.page or 1, now, in_place=press.page is not None)

    def _page(self, number: int, now: datetime, *, in_place: bool) -> Turn:
        groups, sent = self._questions.groups(), len(self._enquiries.list_open())
        last = max(1, -(-len(groups) // PAGE_SIZE))
        number = min(number, last)
        shown = groups[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        week, month = self._asked(now)
        said = texts.page(week, month, shown, number=number, pages=last, total=len(groups), sent=sent)
        rows = keys.groups([(each.leader, texts.label(each)) for each in shown])
        rows += pages(keys.ALL, number, last) + keys.elsewhere(sent)
        return say(*said, rows=rows, in_place=in_place)

    def _asked(self, now: datetime) -> tuple[Asked, Asked]:
        self._knowledge.tally.write()
        today, db = now.date(), self._database.read()
        return asked_between(db, today - _WEEK, today), asked_between(db, today - _MONTH, today)

    def _group(self, press: Press, member: Member, now: datetime) -> Turn:
        its = self._questions.get_group(keys.number(press.value))
        meaning, _ = self._knowledge.understand(its.texts[0], None, now)
        found = [self._knowledge.catalogue.get(each) for each in meaning.commitments[:3]]
        rows = keys.of_group(its.leader) if member.role.may(Role.EDITOR) else ()
        return say(*texts.group(its, meaning, found), rows=(*rows, (keys.questions(),)))

    def _settle(self, press: Press, member: Member, now: datetime) -> Turn:
        its = self._questions.get_group(keys.number(press.value))
        self._questions.settle(its, member.author, now)
        return say(texts.settled(its.count), rows=keys.reopen(its.leader))

    def _reopen(self, press: Press, member: Member, now: datetime) -> Turn:
        done = self._questions.reopen(keys.number(press.value), member.author, now)
        return say(texts.reopened(done=done), rows=((keys.questions(),),))
