"""An announcement leaves while the program is killed, paused and resumed; then it is called back; all is counted."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.announcements import announcements
from bot.localapi import FaultKind, Person
from knowledge.authors import Author, Role, Via
from knowledge.catalogue import Catalogue
from knowledge.service import Knowledge
from scheduler.announcements.acting import Order
from scheduler.announcements.records import Announcement
from scheduler.announcements.service import Announcements
from scheduler.announcements.states import State
from scheduler.identities import open_identities
from scheduler.members import add
from scheduler.outbox import State as Delivered
from scheduler.outbox import text_of
from scheduler.subscribers import ChatKind, Subscribers
from tests.scheduler.naive import PARIS
from tests.soak.broadcasts import Corrected, Sent
from tests.soak.delivering import Soak

WRONG, RIGHT = "Réunion le 3 décembre", "Réunion le 4 décembre"
# What may go wrong with an edit; nobody leaves meanwhile.
PASSING = {
    FaultKind.RETRY_AFTER: 0.01,
    FaultKind.SERVER_ERROR: 0.01,
    FaultKind.SERVER_ERROR_AFTER: 0.01,
    FaultKind.CLOSED: 0.01,
}
_UNKNOWN = (FaultKind.SERVER_ERROR, FaultKind.SERVER_ERROR_AFTER, FaultKind.CLOSED)


@dataclass(slots=True, kw_only=True)
class Broadcast:
    """One announcement and its correction, to people who follow something."""

    soak: Soak
    catalogue: Catalogue
    people: list[Person] = field(default_factory=list)
    kills: int = 0
    resumed: int = 0
    in_flight: set[int] = field(default_factory=set)
    joined: Announcements = field(init=False)
    writer: Author = field(init=False)
    approver: Author = field(init=False)

    def __post_init__(self) -> None:
        self.joined = announcements(self.soak.database, PARIS, lambda: self.catalogue)

    def fill(self, audience: int) -> None:
        """A team of two, and so many people."""
        now, base = datetime.now(UTC), self.soak.database
        identities = open_identities(base)
        subscribers = Subscribers(base, identities, "none")
        for name, role in (("writer", Role.EDITOR), ("approver", Role.APPROVER)):
            sealed = identities.seal(self._opened().id)
            with base.write() as db:
                number = add(db, role, "", now, cipher=sealed.cipher, index=sealed.index, by=None)
            setattr(self, name, Author(member=number, role=role, via=Via.TELEGRAM))
        self.people = [self._opened() for _ in range(audience)]
        numbers = [subscribers.open(person.id, ChatKind.PRIVATE, now).id for person in self.people]
        with base.write() as db:
            db.conn.executemany(
                "INSERT INTO subscriptions(subscriber, target_kind, target, frequency, condition, state_monthly,"
                " started, upto, created_at, settled_at, consent_version)"
                " VALUES (?, 'all', '', 'week', 'any', 0, 0, 0, ?, ?, '1')",
                [(number, text_of(now), text_of(now)) for number in numbers],
            )

    async def send(self, kills: int) -> Sent:
        """Launch it, kill the program so many times, pause and resume it in between, and wait for its end.

        Raises:
            TimeoutError: The program makes no progress.
        """
        loop, chance = asyncio.get_running_loop(), self.soak.chance
        found = self._launched(self.joined.drafts.begin(WRONG, self.writer, datetime.now(UTC)))
        seconds, total = 0.0, len(self.people)
        moments = sorted(chance.sample(range(1, total * 8 // 10), kills + 1))
        paused_at = moments.pop(len(moments) // 2)
        was_paused = False
        for moment in moments:
            async with self.soak.program() as process:
                begun = await self._moves(found)
                if moment > paused_at and not was_paused:
                    was_paused = True
                    await self._tried(found, paused_at)
                    seconds += loop.time() - begun
                    await self._pause_and_resume(found)
                    begun = await self._moves(found)
                await self._tried(found, moment)
                await asyncio.sleep(chance.uniform(0, 4 / self.soak.rate))
                process.kill()
                await process.wait()
                seconds += loop.time() - begun
            self.kills += 1
            sending = self.soak.database.read().execute("SELECT id FROM outbox WHERE state = 'sending'")
            self.in_flight |= {row[0] for row in sending}
        async with self.soak.program():
            begun = await self._moves(found)
            await self._until(found, State.DONE, within=120 + 4 * total / self.soak.rate)
        return self._sent(found, seconds + loop.time() - begun)

    async def call_back(self) -> Corrected:
        """Correct it in the place of the first text, with passing faults, and wait for the end of it."""
        loop = asyncio.get_running_loop()
        found = self.joined.drafts.get(1)
        correction = self.joined.corrections.begin(self._order(found, self.writer), RIGHT)
        faults = self.soak.api.faults
        faults.methods = frozenset({"sendmessage", "editmessagetext"})
        faults.at_rates(PASSING)
        async with AsyncExitStack() as running:
            await running.enter_async_context(self.soak.program())
            launched = self._launched(correction)
            await self.soak.until(lambda: self._counts(launched)[Delivered.SENT] > 0, within=60)
            begun = loop.time()
            await self._until(launched, State.DONE, within=120 + 4 * len(self.people) / self.soak.rate)
            seconds = loop.time() - begun
        return self._corrected(launched, seconds)

    def _opened(self) -> Person:
        """Somebody who has opened the bot; nobody waits for what they said."""
        person = self.soak.api.person()
        person.chat.bot = type(person.chat.bot).MEMBER
        return person

    def _order(self, found: Announcement, by: Author) -> Order:
        version = self.joined.drafts.get(found.id).version
        return Order(number=found.id, by=by, now=datetime.now(UTC), version=version)

    def _launched(self, found: Announcement) -> Announcement:
        self.joined.approvals.test(self._order(found, self.writer))
        self.joined.approvals.submit(self._order(found, self.writer))
        self.joined.approvals.approve(self._order(found, self.approver))
        return self.joined.runs.launch(self._order(found, self.writer))

    async def _tried(self, found: Announcement, count: int) -> None:
        """Wait until so many deliveries of it have ended; whoever pauses by itself is let go on."""

        def reached() -> bool:
            self._let_go(found)
            return self._ended(found) >= count

        await self.soak.until(reached, within=120)

    async def _moves(self, found: Announcement) -> float:
        """Wait until one more of its deliveries has ended, and return the time; at once when none is left."""
        before = self._ended(found)

        def moved() -> bool:
            self._let_go(found)
            return not self._counts(found)[Delivered.PENDING] or self._ended(found) > before

        await self.soak.until(moved, within=60)
        return asyncio.get_running_loop().time()

    def _ended(self, found: Announcement) -> int:
        counts = self._counts(found)
        return sum(counts.values()) - counts[Delivered.PENDING] - counts[Delivered.SENDING]

    async def _pause_and_resume(self, found: Announcement) -> None:
        """What is in hand ends, and nothing more leaves until it is resumed."""
        self.joined.runs.pause(Order(number=found.id, by=self.writer, now=datetime.now(UTC)))
        await self.soak.until(lambda: not self._counts(found)[Delivered.SENDING], within=30)
        held = self._counts(found)
        await asyncio.sleep(1.5)
        if self._counts(found) != held:
            raise AssertionError("something left while it was paused")
        self.joined.runs.resume(self._order(found, self.writer))
        self.resumed += 1

    async def _until(self, found: Announcement, state: State, within: float) -> None:
        def ended() -> bool:
            self._let_go(found)
            return self.joined.drafts.get(found.id).state is state

        await self.soak.until(ended, within)

    def _let_go(self, found: Announcement) -> None:
        if self.joined.drafts.get(found.id).state is State.PAUSED:
            self.joined.runs.resume(self._order(found, self.writer))
            self.resumed += 1

    def _counts(self, found: Announcement) -> dict[Delivered, int]:
        return self.soak.outbox.counts(found.ref)

    def _texts(self) -> dict[int, list[str]]:
        """What each person sees of it."""
        bot = self.soak.api.world.bot
        return {
            person.id: [
                each.text for each in person.chat.messages.values() if each.sender == bot and "Réunion" in each.text
            ]
            for person in self.people
        }

    def _sent(self, found: Announcement, seconds: float) -> Sent:
        there = Counter({chat: len(texts) for chat, texts in self._texts().items()})
        identities = open_identities(self.soak.database)
        lost = unwanted = 0
        rows = self.soak.database.read().execute(
            "SELECT s.chat_cipher, o.state FROM outbox o JOIN subscribers s ON s.id = o.subscriber WHERE o.ref = ?",
            [found.ref],
        )
        for cipher, state in rows:
            delivered = there[identities.open(cipher)]
            lost += state in (Delivered.PENDING, Delivered.SENDING) or (state == Delivered.SENT and not delivered)
            unwanted += state in (Delivered.FAILED, Delivered.CANCELLED) and delivered > 0
        return Sent(
            audience=self.joined.drafts.get(found.id).reach,
            states=self._counts(found),
            lost=lost,
            doubled=sum(count > 1 for count in there.values()),
            unwanted=unwanted,
            in_flight=len(self.in_flight),
            unanswered=sum(self.soak.api.faults.counts[kind] for kind in _UNKNOWN),
            kills=self.kills,
            resumed=self.resumed,
            seconds=seconds,
        )

    def _corrected(self, correction: Announcement, seconds: float) -> Corrected:
        got = {
            chat.id
            for chat in (person.chat for person in self.people)
            if any(
                WRONG in each.text or any(WRONG in before.text for before in each.earlier)
                for each in chat.messages.values()
            )
        }
        seen = self._texts()
        return Corrected(
            got=len(got),
            have=sum(any(RIGHT in text for text in seen[chat]) for chat in got),
            doubled=sum(sum(RIGHT in text for text in texts) > 1 for texts in seen.values()),
            states=self._counts(correction),
            seconds=seconds,
        )


async def broadcast(soak: Soak, knowledge: Knowledge, audience: int, kills: int) -> tuple[Sent, Corrected]:
    """One whole trial."""
    this = Broadcast(soak=soak, catalogue=knowledge.catalogue)
    this.fill(audience)
    sent = await this.send(kills)
    return sent, await this.call_back()
