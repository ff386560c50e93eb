"""What staff do: edit, import, undo; and due dates that pass."""

from datetime import datetime, timedelta

from knowledge import noting, undoing, updating
from knowledge.models import Deliberation, DueDate, Milestone, Origin, Status
from knowledge.store import load_catalogue
from tests.scheduler.acts.stage import Stage, plain
from tests.scheduler.naive import PARIS, Event, last_day

FIELDS = ["status"] * 6 + ["due"] * 2 + ["deliberation", "milestone", "clear", "source"]


class Staff:
    """Whoever writes to the base."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.chance, self.model, self.ids = stage, stage.chance, stage.model, stage.ids
        self.base = stage.base
        catalogue = load_catalogue(self.base)
        self.due = {c.id: plain(c.due) for c in catalogue.commitments}
        self.status: dict[str, str | None] = {c.id: c.status for c in catalogue.commitments}
        self.looked = self.now.astimezone(PARIS).date()

    @property
    def now(self) -> datetime:
        return self.stage.now

    def edit(self) -> None:
        self._edit(self.chance.choice(self.ids[:: self.chance.choice([1, 9])]), self.chance.choice(FIELDS))

    def import_many(self) -> None:
        for commitment in self.chance.sample(self.ids, self.chance.randint(5, len(self.ids))):
            self._edit(commitment, "status")

    def _edit(self, commitment: str, what: str) -> None:
        source = self.chance.choice([Origin.STAFF, Origin.IMPORT])
        with self.base.write() as db:
            if what == "status":
                status = self.chance.choice(list(Status))
                number = updating.set_status(db, commitment, status, self.now, source=source)
                self._note(number, commitment, "status", "status", self.status[commitment], status)
                self.status[commitment] = status
            elif what == "source":
                if self.status[commitment] is not None:
                    number = noting.set_status_source(db, commitment, self.now, source=source, url="https://x.example")
                    same = self.status[commitment]
                    self._record(number, commitment, "status", "status", same, same)
            elif what == "clear":
                number = updating.clear_status(db, commitment, self.now, source=source)
                printed = db.execute("SELECT report_status FROM commitments WHERE id = ?", [commitment]).fetchone()[0]
                self._note(number, commitment, "status", "status", self.status[commitment], printed)
                self.status[commitment] = printed
            elif what == "due":
                due = self._some_due()
                number = updating.set_due(db, commitment, due, self.now, source=source)
                self._note(number, commitment, "due", "due", self.due[commitment], plain(due))
                self.due[commitment] = plain(due)
            elif what == "deliberation":
                day = self.now.date().isoformat()
                vote = Deliberation(date=day, label=self.chance.choice("ab"))
                number = updating.add_deliberation(db, commitment, vote, self.now, source=source)
                subject = f"deliberation:{day}:{vote.label}"
                self._note(number, commitment, subject, "deliberation", None, subject)
            else:
                day = self.now.date().isoformat()
                step = Milestone(date=day, kind="milestone", summary="Fait", source_url="https://x.example")
                number = updating.add_milestone(db, commitment, step, self.now, source=source)
                subject = f"milestone:{day}:Fait"
                self._note(number, commitment, subject, "milestone", None, subject)

    def _some_due(self) -> tuple[DueDate, ...]:
        day = (self.now + timedelta(days=self.chance.randint(-60, 400))).date().isoformat()
        ends = [day, day[:7], day[:4]][: self.chance.randint(1, 2)]
        return tuple(DueDate(label=f"fin {end}", starts=None, ends=end) for end in ends)

    def take_back(self) -> None:
        for event in reversed(self.model.events[-self.chance.randint(1, 40) :]):
            stack = self.model.stack(event.commitment, event.subject, event.id + 1)
            whole = self.model.stack(event.commitment, event.subject, len(self.model.events) + 1)
            if event.undoes is None and event.kind != "overdue" and whole and whole[-1] is event and stack:
                with self.base.write() as db:
                    number = undoing.undo(db, event.id, self.now, source=Origin.STAFF)
                self._record(number, event.commitment, event.subject, event.kind, event.new, event.old, event.id)
                if event.kind == "status":
                    self.status[event.commitment] = event.old if isinstance(event.old, str) else None
                if event.kind == "due" and isinstance(event.old, tuple):
                    self.due[event.commitment] = event.old
                return

    def _note(
        self,
        number: int | None,
        commitment: str,
        subject: str,
        kind: str,
        old: object,
        new: object,
        undoes: int | None = None,
    ) -> None:
        """Both sides must agree on whether something changed, except that a vote may be there already."""
        known = (
            kind in ("deliberation", "milestone")
            and undoes is None
            and bool(self.model.stack(commitment, subject, len(self.model.events) + 1))
        )
        assert (number is None) == (known or old == new), (commitment, subject, old, new)
        if number is not None:
            self._record(number, commitment, subject, kind, old, new, undoes)

    def _record(
        self,
        number: int,
        commitment: str,
        subject: str,
        kind: str,
        old: object,
        new: object,
        undoes: int | None = None,
    ) -> None:
        event = Event(number, commitment, subject, kind, old, new, self.now.replace(microsecond=0), undoes)
        assert number == len(self.model.events) + 1
        self.model.record(event)

    def pass_due_dates(self) -> None:
        today = self.now.astimezone(PARIS).date()
        if today == self.looked:
            return
        for commitment in self.ids:
            for label, _, ends in self.due[commitment]:
                passed = ends is not None and self.looked <= last_day(ends) < today
                subject = f"overdue:{ends}:{label}"
                open_still = self.status[commitment] in ("a_ouvrir", "en_cours")
                if passed and open_still and (commitment, subject) not in self.model.chains:
                    number = len(self.model.events) + 1
                    moment = self.now.replace(microsecond=0)
                    self.model.record(Event(number, commitment, subject, "overdue", None, subject, moment))
        self.looked = today
