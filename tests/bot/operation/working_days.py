"""Everything staff do, in random order, on one base that is also backed up, lost and put back."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.announcements import announcements
from bot.operation.backups import back_up
from bot.operation.restoring import put_back
from knowledge import updating
from knowledge.authors import OPERATOR, Author, Role, Via
from knowledge.database import Database
from knowledge.entering import StatusEntry, VoteEntry
from knowledge.errors import KnowledgeError
from knowledge.importing.imports import Imports
from knowledge.importing.records import State
from knowledge.models import Deliberation, Origin, Status
from knowledge.questions.kept import KeptQuestions
from knowledge.questions.teaching import Teaching
from knowledge.store import load_catalogue
from scheduler.announcements.acting import Order
from scheduler.errors import SchedulerError
from scheduler.identities import open_identities
from scheduler.members import Members, add
from scheduler.updates import Updates
from tests.bot.conftest import NOW, PARIS

_IDS = ("p01", "p07", "p11", "p12", "a2-13")
_PAGE = "https://metropole.example/vote"


class WorkingDays:
    """Acts at random; what the program refuses is part of a working day."""

    def __init__(self, base: Database, folder: Path, seed: int) -> None:
        self.base = base
        self._folder = folder
        self._chance = random.Random(seed)
        self._now = NOW
        with base.write() as db:
            roles = (Role.EDITOR, Role.APPROVER, Role.ADMIN, Role.ADMIN, Role.ADMIN)
            numbers = [(add(db, role, "", NOW, cipher=None, index=None, by=None), role) for role in roles]
        self._team = [Author(member=number, role=role, via=Via.CONSOLE) for number, role in numbers]
        back_up(base.path, folder / "copy.db", NOW)
        self._acts = (
            *(self._status, self._vote, self._clear, self._undo, self._look, self._file, self._decide, self._take_back),
            *(self._announce, self._teach, self._unteach, self._keep, self._team_changes, self._copy, self._put_back),
        )

    def act(self) -> str:
        """One act; its name."""
        self._now += timedelta(minutes=self._chance.choice((1, 30, 600, 4_000)))
        chosen = self._chance.choice(self._acts)
        with suppress(KnowledgeError, SchedulerError):
            chosen()
        return chosen.__name__

    @property
    def _by(self) -> Author:
        return self._chance.choice(self._team)

    @property
    def _id(self) -> str:
        return self._chance.choice(_IDS)

    def _status(self) -> None:
        status = self._chance.choice(list(Status))
        url = self._chance.choice((_PAGE, f"{_PAGE}/2"))
        Updates(self.base).enter(StatusEntry(commitment=self._id, status=status, url=url), self._by, self._now)

    def _vote(self) -> None:
        vote = Deliberation(
            date="2026-03-12", label=f"Vote {self._chance.randrange(3)}", url=_PAGE, source=Origin.STAFF
        )
        Updates(self.base).enter(VoteEntry(commitment=self._id, vote=vote), self._by, self._now)

    def _clear(self) -> None:
        with self.base.write() as db:
            updating.clear_status(db, self._id, self._now, source=Origin.STAFF, by=self._by)

    def _undo(self) -> None:
        last = self.base.read().execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0]
        Updates(self.base).undo(self._chance.randint(max(1, last - 4), last + 1), self._by, self._now)

    def _look(self) -> None:
        Updates(self.base).confirm_unchanged(self._id, self._by, self._now)

    def _file(self) -> None:
        rows = [
            f"{name},{self._chance.choice(('realise', 'en_cours', 'a_ouvrir', '-', ''))},{_PAGE},"
            f"{self._chance.choice(('', '-', 'à revoir'))},{self._chance.choice(('', 'fin 2027', '-'))}"
            for name in self._chance.sample(_IDS, 3)
        ]
        content = "\n".join(("id,status,source_url,note,due_label", *rows)).encode()
        imports, by = Imports(self.base, PARIS), self._chance.choice((self._by, OPERATOR))
        imports.submit(imports.propose(content, "conseil.csv", self._now), by, self._now)

    def _decide(self) -> None:
        imports = Imports(self.base, PARIS)
        for waiting in imports.list_pending(self._now):
            decide = imports.confirm if self._chance.random() < 0.8 else imports.refuse
            decide(waiting.id, self._by, self._now)

    def _take_back(self) -> None:
        applied = "SELECT max(id) FROM imports WHERE state = ?"
        number = self.base.read().execute(applied, [State.APPLIED]).fetchone()[0]
        Imports(self.base, PARIS).undo(number or 0, self._by, self._now)

    def _announce(self) -> None:
        catalogue = load_catalogue(self.base)
        joined, by = announcements(self.base, PARIS, lambda: catalogue), self._by
        order = Order(number=joined.drafts.begin("Réunion", by, self._now).id, by=by, now=self._now)
        joined.approvals.test(order)
        joined.approvals.submit(order)
        joined.approvals.approve(replace(order, by=self._by))
        joined.runs.launch(order)

    def _teach(self) -> None:
        teaching, words = Teaching(self.base), f"des castors au barrage {self._chance.randrange(5)}"
        self._chance.choice((teaching.add_question, teaching.add_word))(self._id, words, self._by, self._now)

    def _unteach(self) -> None:
        for lesson in Teaching(self.base).lessons()[:1]:
            Teaching(self.base).remove(lesson.id, self._by, self._now)

    def _keep(self) -> None:
        kept = KeptQuestions(self.base)
        kept.keep("des castors dans la Loire", "vague", self._now.date())
        group = kept.groups()[0]
        kept.settle(group, self._by, self._now)
        if self._chance.random() < 0.5:
            kept.reopen(group.leader, self._by, self._now)

    def _team_changes(self) -> None:
        members, who = Members(self.base, open_identities(self.base)), self._by.member or 0
        members.set_role(who, self._chance.choice(list(Role)), self._team[-1], self._now)
        members.new_code(who, self._team[-1], self._now)

    def _copy(self) -> None:
        back_up(self.base.path, self._folder / "copy.db", self._now)

    def _put_back(self) -> None:
        path, key_file = self.base.path, self.base.key_file
        self.base.close()
        put_back(self._folder / "copy.db", path, key_file, PARIS, self._now)
        self.base = Database(path, key_file)
