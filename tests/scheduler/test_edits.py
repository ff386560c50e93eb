"""Deliveries that change a message: as exact as the others, and repeated where a message must not be."""

import pytest

from scheduler.bodies import share
from scheduler.delivery import MESSAGE_GONE
from scheduler.errors import MessageGoneError, RefusedTextError, RetryLaterError, SendError, UncertainError
from scheduler.outbox import MOST_EDITS, Kind, State
from scheduler.ports import Media, MediaKind, Part
from tests.scheduler.deliveries import World


def edits(world: World, subscriber: int, message: int = 7) -> None:
    with world.database.write() as db:
        share(db, "announcement:2.edited", Part(text="juste"))
        db.execute(
            "INSERT INTO outbox(dedupe_key, subscriber, kind, ref, priority, body, not_before, created_at, updated_at,"
            " edits) VALUES (?, ?, 'correction', 'announcement:2', 1, 'announcement:2.edited', ?, ?, ?, ?)",
            [f"ann:2:edit:{subscriber}", subscriber, *[world.now().isoformat()] * 3, message],
        )


async def test_a_shared_text_is_put_in_the_place_of_the_old_one(world: World) -> None:
    for subscriber in world.people(3):
        edits(world, subscriber)
    await world.deliver()
    assert world.messenger.edited == {(1, 7): "juste", (2, 7): "juste", (3, 7): "juste"}
    assert world.states() == {State.SENT: 3} and world.messenger.delivered == []
    assert {row["message_id"] for row in world.rows()} == {7}


async def test_an_edit_of_which_nobody_knows_is_repeated(world: World) -> None:
    (subscriber,) = world.people(1)
    edits(world, subscriber)
    world.messenger.next = [UncertainError(why="ReadTimeout")]
    await world.deliver()
    assert world.states() == {State.PENDING: 1} and world.rows()[0]["error"] == "ReadTimeout"
    world.seconds += 6
    await world.deliver()
    assert world.states() == {State.SENT: 1}


async def test_but_not_for_ever(world: World) -> None:
    (subscriber,) = world.people(1)
    edits(world, subscriber)
    world.messenger.by_chat[1] = UncertainError(why="ReadTimeout")
    for _ in range(MOST_EDITS + 10):
        await world.deliver()
        world.seconds += 61
    assert world.states() == {State.UNCERTAIN: 1} and world.messenger.tried == MOST_EDITS


@pytest.mark.parametrize("recovers", ["recover", "expire_leases"])
async def test_an_edit_that_a_crash_interrupted_is_made_again(world: World, recovers: str) -> None:
    first, second = world.people(2)
    edits(world, first)
    world.enqueue(second, "a")
    for delivery in world.outbox.due(world.now()):
        assert world.outbox.begin(delivery, world.now())
    world.seconds += 400
    assert getattr(world.outbox, recovers)(world.now()) == 1
    world.seconds += 6
    await world.deliver()
    assert world.states() == {State.SENT: 1, State.UNCERTAIN: 1} and world.messenger.edited == {(1, 7): "juste"}


@pytest.mark.parametrize(
    ("trouble", "state", "error"),
    [
        (MessageGoneError(), State.FAILED, MESSAGE_GONE),
        (RetryLaterError(seconds=3, flood=True), State.PENDING, "429"),
        (RefusedTextError(why="Can't parse"), State.FAILED, "Can't parse"),
    ],
)
async def test_other_failures_mean_what_they_always_mean(
    world: World, trouble: SendError, state: State, error: str
) -> None:
    (subscriber,) = world.people(1)
    edits(world, subscriber)
    world.messenger.next = [trouble]
    await world.deliver()
    assert world.states() == {state: 1} and world.rows()[0]["error"] == error
    assert bool(world.outbox.list_holds()) is isinstance(trouble, RefusedTextError)
    assert world.subscribers.find(1) is not None


async def test_neither_quiet_hours_nor_a_pause_hold_back_what_makes_no_sound(world: World) -> None:
    first, second = world.people(2)
    world.subscribers.set_quiet(first, "00:00-23:59", world.now())
    world.subscribers.pause(second, None)
    for subscriber in (first, second):
        edits(world, subscriber)
        world.enqueue(subscriber, "a", kind=Kind.ANNOUNCEMENT, ref="announcement:1")
    await world.deliver()
    assert world.states() == {State.SENT: 2, State.PENDING: 2} and world.messenger.delivered == []


async def test_a_message_may_carry_a_picture(world: World) -> None:
    (subscriber,) = world.people(1)
    part = Part(text="légende", media=Media(kind=MediaKind.PHOTO, file_id="a1", name="n"))
    with world.database.write() as db:
        share(db, "x", part)
        db.execute(
            "INSERT INTO outbox(dedupe_key, subscriber, kind, ref, priority, body, not_before, created_at, updated_at)"
            " VALUES ('k', ?, 'announcement', 'announcement:1', 3, 'x', ?, ?, ?)",
            [subscriber, *[world.now().isoformat()] * 3],
        )
    (delivery,) = world.outbox.due(world.now())
    assert delivery.part == part
