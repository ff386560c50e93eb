"""A team, a public, and announcements between them, on a real base with a clock in hand."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.keys import Key
from scheduler.announcements.acting import Order
from scheduler.announcements.figures import Progress, progress
from scheduler.announcements.records import Announcement
from scheduler.announcements.service import Announcements
from scheduler.facts import AnnouncementFacts, Form, Target, TargetKind
from scheduler.identities import SealedIdentities
from scheduler.members import Members, add
from scheduler.outbox import Outbox, State
from scheduler.ports import Part
from scheduler.subscribers import ChatKind, Subscribers
from scheduler.subscriptions import Subscriptions
from tests.scheduler.naive import PARIS
from tests.scheduler.people import MONDAY

FIRST_STAFF = 900
ALL = Target(kind=TargetKind.ALL)


class PlainAnnouncer:
    def announcement(self, facts: AnnouncementFacts) -> Part:
        head = "corrigé : " if facts.form is Form.EDITED else "à la place : " if facts.form is Form.INSTEAD else ""
        return Part(text=f"{head}{facts.html}")


class PlainWording:
    def submitted(self, found: Announcement) -> Part:
        return Part(text=f"à valider : {found.id}")

    def decided(self, found: Announcement) -> Part:
        return Part(text=f"décidé : {found.id} {found.state}")

    def came_to_a_halt(self, found: Announcement) -> Part:
        return Part(text=f"arrêt : {found.id} {found.state} {found.reason}")

    def progress(self, found: Announcement, progress: Progress) -> Part:
        return Part(text=f"{found.id} {found.state} {progress.states[State.SENT]}/{progress.audience}")

    def report(self, found: Announcement, progress: Progress) -> Part:
        return Part(text=f"bilan : {found.id} {progress.states[State.SENT]}/{progress.audience}")


@dataclass
class Office:
    """Bruno and Beatrice write, Valérie and Vincent approve, Anne and Alain lead."""

    base: Database
    now: datetime = MONDAY
    identities: SealedIdentities = field(default_factory=lambda: SealedIdentities(Key(bytes(32))))

    def __post_init__(self) -> None:
        self.joined = joined = Announcements.on(self.base, PARIS, PlainAnnouncer(), PlainWording())
        self.drafts, self.approvals, self.runs = joined.drafts, joined.approvals, joined.runs
        self.corrections, self.advancing = joined.corrections, joined.advancing
        self.outbox = Outbox(self.base, PARIS)
        self.subscribers = Subscribers(self.base, self.identities, "none")
        self.subscriptions = Subscriptions(self.base)
        self.members = Members(self.base, self.identities)
        roles = (Role.EDITOR, Role.EDITOR, Role.APPROVER, Role.APPROVER, Role.ADMIN, Role.ADMIN)
        team = [self._joins(FIRST_STAFF + place, role) for place, role in enumerate(roles)]
        self.bruno, self.beatrice, self.valerie, self.vincent, self.anne, self.alain = team

    def _joins(self, chat: int, role: Role) -> Author:
        sealed = self.identities.seal(chat)
        with self.base.write() as db:
            number = add(db, role, "", self.now, cipher=sealed.cipher, index=sealed.index, by=None)
        return Author(member=number, role=role, via=Via.TELEGRAM)

    def public(self, count: int, target: Target = ALL) -> list[int]:
        """So many people who follow something."""
        numbers = [self.subscribers.open(chat, ChatKind.PRIVATE, self.now).id for chat in range(1, count + 1)]
        for number in numbers:
            self.subscriptions.follow(number, target, self.now, consent_version="1")
        return numbers

    def order(self, found: Announcement, by: Author) -> Order:
        """From a button that was shown just now."""
        return Order(number=found.id, by=by, now=self.now, version=self.drafts.get(found.id).version)

    def written(self, html: str = "Bonjour à tous", by: Author | None = None) -> Announcement:
        return self.drafts.begin(html, by or self.bruno, self.now)

    def tested(self, found: Announcement, by: Author | None = None) -> None:
        self.approvals.test(self.order(found, by or self.bruno))
        self.settle_notices()

    def at(self, found: Announcement, **later: float) -> Announcement:
        """With an hour to start."""
        local = (self.now + timedelta(**later)).astimezone(PARIS)
        return self.drafts.set_start(self.order(found, self.bruno), (local.date(), local.time()))

    def submitted(self, found: Announcement | None = None, by: Author | None = None) -> Announcement:
        found = found or self.written(by=by)
        self.tested(found, by)
        return self.approvals.submit(self.order(found, by or self.bruno))

    def approved(self, found: Announcement | None = None) -> Announcement:
        return self.approvals.approve(self.order(self.submitted(found), self.valerie))

    def launched(self, found: Announcement | None = None) -> Announcement:
        return self.runs.launch(self.order(self.approved(found), self.bruno))

    def settle_notices(self) -> None:
        """Everything for staff has arrived."""
        with self.base.write() as db:
            db.execute(
                "UPDATE outbox SET state = 'sent', message_id = id + 50000 WHERE state = 'pending' AND kind = 'notice'"
            )

    def settle(self, found: Announcement, state: State, count: int = 10**9, error: str | None = None) -> int:
        """Let so many of its waiting deliveries end so."""
        with self.base.write() as db:
            cursor = db.execute(
                "UPDATE outbox SET state = ?, error = ?, message_id = CASE ? WHEN 'sent' THEN coalesce(edits, id) END"
                " WHERE id IN (SELECT id FROM outbox WHERE ref = ? AND state = 'pending' ORDER BY id LIMIT ?)",
                [state, error, state, found.ref, count],
            )
        return int(cursor.rowcount)

    def done(self, found: Announcement | None = None) -> Announcement:
        found = self.launched(found)
        self.settle(found, State.SENT)
        self.step()
        return self.drafts.get(found.id)

    def step(self, **later: float) -> int:
        self.now += timedelta(**later)
        self.runs.start_due(self.now)
        return self.advancing.advance(self.now)

    def progress(self, found: Announcement) -> Progress:
        return progress(self.base.read(), self.drafts.get(found.id), self.now)

    def notices_to(self, member: Author) -> list[str]:
        """What the team told one of its members."""
        rows = self.base.read().execute(
            "SELECT o.body FROM outbox o JOIN subscribers s ON s.id = o.subscriber JOIN members m"
            " ON m.chat_index = s.chat_index WHERE m.id = ? AND o.dedupe_key LIKE 'staff:%' ORDER BY o.id",
            [member.member],
        )
        return [json.loads(body)["text"] for (body,) in rows]

    def record(self, kind: str = "announcement.%") -> list[tuple[str, int | None, dict[str, Any]]]:
        """The history's entries of a kind."""
        rows = self.base.read().execute(
            "SELECT kind, member, content FROM history WHERE kind LIKE ? ORDER BY seq", [kind]
        )
        return [(name.removeprefix("announcement."), member, json.loads(content)) for name, member, content in rows]
