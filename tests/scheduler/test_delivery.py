"""Deliveries, on a real base, with a sender of the test's own and no waiting."""

import asyncio
import logging

import pytest

from scheduler.delivery import NO_MEDIA
from scheduler.errors import (
    ChatMovedError,
    GoneReason,
    NoMediaHereError,
    RefusedTextError,
    RetryLaterError,
    SubscriberGoneError,
    UncertainError,
)
from scheduler.outbox import Kind, State
from scheduler.subscribers import ChatKind
from tests.scheduler.deliveries import START, World


async def test_everything_due_is_delivered_once(world: World) -> None:
    for subscriber in world.people(40):
        world.enqueue(subscriber, f"pour {subscriber}")
    assert await world.deliver() == 40
    assert await world.deliver() == 0
    assert sorted(world.messenger.delivered) == sorted((n, f"pour {n}") for n in range(1, 41))
    assert world.states() == {State.SENT: 40}
    assert {row["message_id"] for row in world.rows()} == set(range(1, 41))


async def test_parts_of_one_digest_come_in_order(world: World) -> None:
    (subscriber,) = world.people(1)
    for part in range(6):
        world.enqueue(subscriber, f"partie {part}")
    await world.deliver()
    assert [text for _, text in world.messenger.delivered] == [f"partie {part}" for part in range(6)]


async def test_a_row_is_recorded_as_being_sent_before_the_call(world: World) -> None:
    (subscriber,) = world.people(1)
    seen: list[dict[State, int]] = []

    async def looks() -> None:
        seen.append(world.states())

    world.messenger.next = [looks]
    world.enqueue(subscriber, "a")
    await world.deliver()
    assert seen == [{State.SENDING: 1}]


async def test_what_a_crash_interrupted_is_uncertain_after_the_start(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = world.people(2)
    world.enqueue(first, "a")
    world.enqueue(second, "b")
    sent = asyncio.Event()

    async def tells() -> None:
        sent.set()

    world.messenger.next = [tells]
    interrupted, *_ = world.outbox.due(world.now())
    assert world.outbox.begin(interrupted, world.now())
    world.service = world.started()
    running = asyncio.create_task(world.service.run())
    await sent.wait()
    await world.service.stop(1)
    await running
    assert world.states() == {State.SENT: 1, State.UNCERTAIN: 1}
    assert "1 deliveries were interrupted" in caplog.text


@pytest.mark.parametrize("reason", list(GoneReason))
async def test_a_chat_that_is_gone_ends_and_its_other_messages_are_cancelled(world: World, reason: GoneReason) -> None:
    gone, other = world.people(2)
    for text in ("a", "b", "c"):
        world.enqueue(gone, text)
    world.enqueue(other, "d")
    world.messenger.by_chat[1] = SubscriberGoneError(reason=reason)
    await world.deliver()
    assert world.states() == {State.FAILED: 1, State.CANCELLED: 2, State.SENT: 1}
    assert world.rows()[0]["error"] == reason
    assert world.subscribers.find(1) is None and world.subscribers.find(2) is not None


async def test_an_ambiguous_failure_is_neither_repeated_nor_hidden(world: World) -> None:
    for subscriber in world.people(2):
        world.enqueue(subscriber, "a")
    world.messenger.by_chat[1] = UncertainError(why="ReadTimeout")
    await world.deliver()
    world.seconds += 3_600
    await world.deliver()
    assert world.states() == {State.UNCERTAIN: 1, State.SENT: 1}
    assert world.messenger.tried == 2
    assert world.rows()[0]["error"] == "ReadTimeout"


class TestRefusedTexts:
    async def test_a_refused_digest_fails_alone(self, world: World) -> None:
        people = world.people(10)
        for subscriber in people:
            world.enqueue(subscriber, "a")
        for chat in (3, 8):
            world.messenger.by_chat[chat] = RefusedTextError(why="Message is too long")
        await world.deliver()
        assert world.states() == {State.SENT: 8, State.FAILED: 2}
        assert world.outbox.list_holds() == ()
        assert all(world.subscribers.find(chat) for chat in people)

    async def test_three_chats_in_a_row_hold_the_run_and_blame_nobody(
        self, world: World, caplog: pytest.LogCaptureFixture
    ) -> None:
        people = world.people(60)
        for subscriber in people:
            world.enqueue(subscriber, "a")
            world.messenger.by_chat[subscriber] = RefusedTextError(
                why=f"Can't parse entities: unexpected end tag at byte offset {subscriber}"
            )
        world.enqueue(people[-1], "autre", ref="run:2")
        del world.messenger.by_chat[people[-1]]
        await world.deliver()
        counts = world.outbox.counts("run:1")
        assert 3 <= counts[State.FAILED] <= 16 and counts[State.PENDING] == 60 - counts[State.FAILED]
        assert world.outbox.counts("run:2")[State.SENT] == 1
        ((ref, reason, _),) = world.outbox.list_holds()
        assert ref == "run:1" and "parse entities" in reason
        assert all(world.subscribers.find(chat) for chat in people)
        assert "run:1 is held" in caplog.text

    async def test_a_released_run_goes_on(self, world: World) -> None:
        for subscriber in world.people(20):
            world.enqueue(subscriber, "a")
            world.messenger.by_chat[subscriber] = RefusedTextError(why="Bad text")
        await world.deliver()
        world.messenger.by_chat.clear()
        world.outbox.release("run:1")
        await world.deliver()
        counts = world.outbox.counts("run:1")
        assert counts[State.PENDING] == 0 and counts[State.SENT] + counts[State.FAILED] == 20

    async def test_different_refusals_are_not_alike(self, world: World) -> None:
        for subscriber in world.people(6):
            world.enqueue(subscriber, "a")
            world.messenger.by_chat[subscriber] = RefusedTextError(why="abcdef"[subscriber - 1])
        await world.deliver()
        assert world.states() == {State.FAILED: 6} and world.outbox.list_holds() == ()

    async def test_several_parts_to_one_chat_are_one_chat(self, world: World) -> None:
        (subscriber,) = world.people(1)
        for part in range(5):
            world.enqueue(subscriber, f"partie {part}")
        world.messenger.by_chat[1] = RefusedTextError(why="Bad text")
        await world.deliver()
        assert world.states() == {State.FAILED: 5} and world.outbox.list_holds() == ()

    async def test_an_announcement_is_held_at_its_first_refusal(self, world: World) -> None:
        for subscriber in world.people(30):
            world.enqueue(subscriber, "a", kind=Kind.ANNOUNCEMENT, ref="announcement:1")
            world.messenger.by_chat[subscriber] = RefusedTextError(why="Bad text")
        await world.deliver()
        assert [ref for ref, _, _ in world.outbox.list_holds()] == ["announcement:1"]
        assert world.states()[State.PENDING] >= 14


async def test_a_group_that_takes_no_pictures_is_not_closed_and_pauses_nothing(world: World) -> None:
    (group,) = world.people(1, ChatKind.GROUP)
    world.enqueue(group, "une affiche", kind=Kind.ANNOUNCEMENT, ref="announcement:1")
    world.messenger.next = [NoMediaHereError()]
    await world.deliver()
    assert world.rows()[0]["error"] == NO_MEDIA and world.states() == {State.FAILED: 1}
    assert world.subscribers.find(-1) is not None and world.outbox.list_holds() == ()


class TestMovedGroups:
    async def test_the_new_id_is_kept_and_the_message_sent_there(self, world: World) -> None:
        (group,) = world.people(1, ChatKind.GROUP)
        world.enqueue(group, "a")
        world.messenger.by_chat[-1] = ChatMovedError(new_chat_id=-1_001)
        await world.deliver()
        assert world.messenger.delivered == [(-1_001, "a")]
        assert world.subscribers.find(-1) is None and world.subscribers.find(-1_001) is not None

    async def test_a_group_known_under_both_ids_becomes_one(self, world: World) -> None:
        old = world.subscribers.open(-1, ChatKind.GROUP, START).id
        new = world.subscribers.open(-1_001, ChatKind.GROUP, START).id
        world.enqueue(old, "a")
        world.enqueue(new, "b")
        world.messenger.by_chat[-1] = ChatMovedError(new_chat_id=-1_001)
        await world.deliver()
        assert sorted(world.messenger.delivered) == [(-1_001, "a"), (-1_001, "b")]
        assert world.subscribers.find(-1) is None


async def test_ids_and_texts_never_reach_the_logs(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = 5_123_456_789
    subscriber = world.subscribers.open(secret, ChatKind.PRIVATE, START).id
    troubles = [
        *(RefusedTextError(why="Bad text"), UncertainError(why="ReadTimeout"), RetryLaterError(seconds=1, flood=True)),
        SubscriberGoneError(reason=GoneReason.BLOCKED),
    ]
    for number, trouble in enumerate(troubles):
        world.enqueue(subscriber, f"Confidentiel {number}")
        world.messenger.next = [trouble]
        await world.deliver()
        world.seconds += 10
    assert str(secret) not in caplog.text and "Confidentiel" not in caplog.text
