"""The message in which a member sees an announcement fare, edited in place, and again after a restart."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from scheduler.announcements.records import Announcement
from scheduler.announcements.states import State
from scheduler.announcements.watching import Watching
from scheduler.errors import MessageGoneError, RetryLaterError, SendError
from scheduler.outbox import State as Delivered
from scheduler.ports import Begin, Part
from tests.scheduler.announcements.office import FIRST_STAFF, Office
from tests.scheduler.deliveries import Messenger

BRUNO = FIRST_STAFF


class Time:
    def __init__(self, office: Office) -> None:
        self._office = office

    def now(self):  # type: ignore[no-untyped-def]
        return self._office.now


@pytest.fixture
def writer() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as writer:
        yield writer


def watching(office: Office, messenger: Messenger, writer: ThreadPoolExecutor, woken: list[int]) -> Watching:
    return Watching(
        office.joined,
        sender=messenger,
        identities=office.identities,
        clock=Time(office),
        writer=writer,
        wake=lambda: woken.append(1),
    )


def shown(messenger: Messenger) -> list[str]:
    return [text for (chat, _), text in messenger.edited.items() if chat == BRUNO]


@pytest.fixture
def running(office: Office) -> Announcement:
    office.public(10)
    found = office.launched()
    office.settle_notices()
    return found


async def test_the_figures_change_in_place(office: Office, running: Announcement, writer: ThreadPoolExecutor) -> None:
    messenger = Messenger()
    watch = watching(office, messenger, writer, [])
    office.settle(running, Delivered.SENT, 4)
    await watch.step()
    assert messenger.tried == 0  # shown a moment ago
    office.now = office.now.replace(second=5)
    await watch.step()
    await watch.step()
    assert shown(messenger) == [f"{running.id} running 4/10"] and messenger.tried == 1
    office.now = office.now.replace(second=10)
    office.settle(running, Delivered.SENT)
    again = watching(office, messenger, writer, [])  # after a restart
    await again.step()
    assert shown(messenger) == [f"{running.id} done 10/10"]
    await again.step()
    assert messenger.tried == 2 and office.drafts.get(running.id).state is State.DONE


@pytest.mark.parametrize(("trouble", "tries"), [(RetryLaterError(seconds=1, flood=True), 3), (MessageGoneError(), 1)])
async def test_a_board_that_cannot_be_shown(
    office: Office, running: Announcement, writer: ThreadPoolExecutor, trouble: SendError, tries: int
) -> None:
    messenger = Messenger()
    messenger.by_chat[BRUNO] = trouble
    watch = watching(office, messenger, writer, [])
    office.settle(running, Delivered.SENT)
    for _ in range(3):
        await watch.step()
    assert messenger.tried == tries and office.drafts.get(running.id).state is State.DONE


async def test_a_board_that_waits_for_its_turn_does_not_hold_up_the_end(
    office: Office, running: Announcement, writer: ThreadPoolExecutor
) -> None:
    waits = asyncio.Event()

    class Silenced(Messenger):
        async def edit(self, chat_id: int, message_id: int, part: Part, begin: Begin) -> None:
            waits.set()
            await asyncio.Event().wait()

    watch = watching(office, Silenced(), writer, [])
    office.settle(running, Delivered.SENT)
    task = asyncio.create_task(watch.run())
    await waits.wait()
    watch.stop()
    async with asyncio.timeout(5):
        await task


async def test_what_anybody_writes_wakes_the_delivery(office: Office, writer: ThreadPoolExecutor) -> None:
    woken: list[int] = []
    watch = watching(office, Messenger(), writer, woken)
    await watch.step()
    before = len(woken)
    await watch.step()
    assert len(woken) == before
    office.written()
    await watch.step()
    assert len(woken) == before + 1
