"""Every row of the error table, through the real library, on the local server."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from telegram import LinkPreviewOptions
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import Defaults, ExtBot
from telegram.request import HTTPXRequest

from bot import sender as sending
from bot.localapi import FaultKind, LocalBotApi, Person
from bot.localapi.pictures import SMALLEST_PNG
from bot.ratelimit import Lanes, seconds_of
from bot.sender import TelegramSender, translated
from scheduler.errors import (
    ChatMovedError,
    GoneReason,
    MessageGoneError,
    NoMediaHereError,
    RefusedTextError,
    RetryLaterError,
    SendError,
    StoppedError,
    SubscriberGoneError,
    UncertainError,
)
from scheduler.ports import Begin, Button, Media, MediaKind, Part

PART = Part(
    text="Bonjour <b>à vous</b>",
    rows=((Button(label="Voir", data="c:p01"), Button(label="Page", url="https://example.org/")),),
)


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    async with LocalBotApi() as server:
        yield server


def _bot(api: LocalBotApi, *, connections: int = 4, **limits: Any) -> ExtBot[Begin]:
    return ExtBot(
        api.token,
        base_url=api.base_url,
        request=HTTPXRequest(connection_pool_size=connections, httpx_kwargs={"trust_env": False}, **limits),
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        defaults=Defaults(parse_mode="HTML", link_preview_options=LinkPreviewOptions(is_disabled=True)),
        rate_limiter=Lanes(1_000),
    )


@pytest.fixture
async def bot(api: LocalBotApi) -> AsyncIterator[ExtBot[Begin]]:
    async with _bot(api) as bot:
        yield bot


@pytest.fixture
def sender(bot: ExtBot[Begin]) -> TelegramSender:
    return TelegramSender(bot)


@pytest.fixture
async def claire(api: LocalBotApi) -> Person:
    person = api.person("Claire")
    await person.opens()
    return person


async def begin() -> None:
    return None


async def failure(sender: TelegramSender, chat_id: int, part: Part = PART) -> SendError:
    with pytest.raises(SendError) as met:
        await sender.send(chat_id, part, begin)
    return met.value


async def test_a_message_is_sent_with_its_buttons(sender: TelegramSender, claire: Person) -> None:
    message_id = await sender.send(claire.id, PART, begin)
    assert claire.last.message_id == message_id
    assert claire.last.text == "Bonjour à vous" and claire.last.marked("bold") == ("à vous",)
    assert claire.last.button("Voir").callback_data == "c:p01"
    assert claire.last.button("Page").url == "https://example.org/"
    await sender.send(claire.id, Part(text="sans bouton"), begin)
    assert claire.last.keyboard == ()


@pytest.mark.parametrize(
    ("kind", "meaning", "delivered"),
    [
        (FaultKind.BLOCKED, SubscriberGoneError(reason=GoneReason.BLOCKED), 0),
        (FaultKind.DEACTIVATED, SubscriberGoneError(reason=GoneReason.DEACTIVATED), 0),
        (FaultKind.CHAT_NOT_FOUND, SubscriberGoneError(reason=GoneReason.NOT_FOUND), 0),
        (FaultKind.NO_PHOTOS, NoMediaHereError(), 0),
        (FaultKind.CANNOT_PARSE, RefusedTextError(why="Can't parse entities: unexpected end tag at byte offset 1"), 0),
        (FaultKind.RETRY_AFTER, RetryLaterError(seconds=7, flood=True), 0),
        (FaultKind.UNAUTHORIZED, StoppedError(code=401), 0),
        (FaultKind.NOT_FOUND, StoppedError(code=404), 0),
        (FaultKind.CONFLICT, StoppedError(code=409), 0),
        (FaultKind.SERVER_ERROR, UncertainError(why="NetworkError"), 0),
        (FaultKind.SERVER_ERROR_AFTER, UncertainError(why="NetworkError"), 1),
        (FaultKind.CLOSED, UncertainError(why="RemoteProtocolError"), 1),
    ],
)
async def test_each_failure_has_its_meaning(
    api: LocalBotApi, sender: TelegramSender, claire: Person, kind: FaultKind, meaning: SendError, delivered: int
) -> None:
    api.faults.retry_after = 7
    api.faults.next(kind)
    met = await failure(sender, claire.id)
    assert (type(met), vars(met)) == (type(meaning), vars(meaning))
    assert api.delivered()[claire.id] == delivered


async def test_a_real_block_and_a_real_stranger(api: LocalBotApi, sender: TelegramSender, claire: Person) -> None:
    await claire.blocks()
    assert await failure(sender, claire.id) == SubscriberGoneError(reason=GoneReason.BLOCKED)
    assert await failure(sender, api.person().id) == SubscriberGoneError(reason=GoneReason.NOT_FOUND)


async def test_a_group_that_sends_the_bot_away(api: LocalBotApi, sender: TelegramSender, claire: Person) -> None:
    group = api.group(administrators=[claire])
    await group.expels_bot(claire)
    assert await failure(sender, group.id) == SubscriberGoneError(reason=GoneReason.KICKED)


async def test_a_group_that_grew(api: LocalBotApi, sender: TelegramSender, claire: Person) -> None:
    group = api.group(administrators=[claire], type="group", id=-5)
    group.becomes_supergroup(-1_001_777)
    assert await failure(sender, group.id) == ChatMovedError(new_chat_id=-1_001_777)


class TestMedia:
    @pytest.fixture
    async def photo(self, bot: ExtBot[Begin], claire: Person) -> Media:
        """A picture that the messenger keeps."""
        sent = await bot.send_photo(claire.id, SMALLEST_PNG)
        return Media(kind=MediaKind.PHOTO, file_id=sent.photo[-1].file_id)

    async def test_a_picture_goes_with_its_words(self, sender: TelegramSender, claire: Person, photo: Media) -> None:
        number = await sender.send(claire.id, Part(text="<b>Bonjour</b>", rows=PART.rows, media=photo), begin)
        assert claire.last.message_id == number and claire.last.media is not None
        assert claire.last.marked("bold") == ("Bonjour",) and claire.last.labels == ("Voir", "Page")

    async def test_so_does_a_document(self, bot: ExtBot[Begin], sender: TelegramSender, claire: Person) -> None:
        sent = await bot.send_document(claire.id, b"%PDF", filename="a.pdf")
        assert sent.document is not None
        media = Media(kind=MediaKind.DOCUMENT, file_id=sent.document.file_id, name="a.pdf")
        await sender.send(claire.id, Part(text="Bonjour", media=media), begin)
        assert claire.last.media is not None and claire.last.media.kind == "document"

    async def test_a_picture_that_is_refused_is_the_texts_fault(self, sender: TelegramSender, claire: Person) -> None:
        unknown = Media(kind=MediaKind.PHOTO, file_id="perdu")
        assert isinstance(await failure(sender, claire.id, Part(text="a", media=unknown)), RefusedTextError)

    async def test_its_words_are_edited_and_it_stays(
        self, sender: TelegramSender, claire: Person, photo: Media
    ) -> None:
        number = await sender.send(claire.id, Part(text="faux", media=photo), begin)
        for _ in range(2):
            await sender.edit(claire.id, number, Part(text="juste", media=photo), begin)
        assert claire.last.text == "juste" and claire.last.media is not None and len(claire.last.earlier) == 1


class TestEdits:
    async def edited(self, sender: TelegramSender, chat_id: int, number: int) -> SendError:
        with pytest.raises(SendError) as met:
            await sender.edit(chat_id, number, Part(text="juste"), begin)
        return met.value

    async def test_the_words_and_buttons_are_put_in_the_place_of_others(
        self, sender: TelegramSender, claire: Person
    ) -> None:
        number = await sender.send(claire.id, Part(text="faux"), begin)
        for _ in range(2):  # the second changes nothing, which is no fault
            await sender.edit(claire.id, number, PART, begin)
        assert claire.last.text == "Bonjour à vous" and claire.last.labels == ("Voir", "Page")
        assert len(claire.answers) == 1 and len(claire.last.earlier) == 1

    async def test_a_message_that_is_not_there(self, sender: TelegramSender, claire: Person) -> None:
        assert isinstance(await self.edited(sender, claire.id, 404), MessageGoneError)

    async def test_the_rest_of_the_error_table(self, api: LocalBotApi, sender: TelegramSender, claire: Person) -> None:
        number = await sender.send(claire.id, PART, begin)
        api.faults.methods = frozenset({"editmessagetext"})
        api.faults.retry_after = 7
        api.faults.next(FaultKind.RETRY_AFTER, FaultKind.CLOSED, FaultKind.CANNOT_PARSE)
        assert await self.edited(sender, claire.id, number) == RetryLaterError(seconds=7, flood=True)
        assert await self.edited(sender, claire.id, number) == UncertainError(why="RemoteProtocolError")
        assert isinstance(await self.edited(sender, claire.id, number), RefusedTextError)
        await claire.blocks()
        assert await self.edited(sender, claire.id, number) == SubscriberGoneError(reason=GoneReason.BLOCKED)

    async def test_begin_is_awaited_first(self, sender: TelegramSender, claire: Person) -> None:
        async def refuses() -> None:
            raise LookupError

        number = await sender.send(claire.id, PART, begin)
        with pytest.raises(LookupError):
            await sender.edit(claire.id, number, Part(text="juste"), refuses)
        assert claire.last.earlier == []


@pytest.mark.parametrize("text", ["<b>jamais fermé", "x" * 4_097])
async def test_a_text_that_telegram_refuses(sender: TelegramSender, claire: Person, text: str) -> None:
    assert isinstance(await failure(sender, claire.id, Part(text=text)), RefusedTextError)
    assert claire.answers == ()


async def test_no_connection_means_not_delivered(api: LocalBotApi, sender: TelegramSender, claire: Person) -> None:
    api.go_away()
    await sender.send(claire.id, PART, begin)  # the connection that was open is still answered
    assert await failure(sender, claire.id) == RetryLaterError(seconds=sending.RETRY_SECONDS)
    api.come_back()
    await sender.send(claire.id, PART, begin)
    assert api.delivered()[claire.id] == 2


async def test_a_pool_without_a_free_connection_means_not_delivered(api: LocalBotApi, claire: Person) -> None:
    api.faults.next(FaultKind.SILENT)
    async with _bot(api, connections=1, pool_timeout=0.05) as bot:
        sender = TelegramSender(bot)
        first = asyncio.create_task(sender.send(claire.id, PART, begin))
        await claire.reads()
        assert await failure(sender, claire.id) == RetryLaterError(seconds=sending.RETRY_SECONDS)
        first.cancel()
        await asyncio.wait([first])
    assert api.delivered()[claire.id] == 1


async def test_no_answer_in_time_means_nobody_knows(api: LocalBotApi, claire: Person) -> None:
    api.faults.next(FaultKind.SILENT)
    async with _bot(api) as bot:
        with pytest.raises(TelegramError) as met:
            await bot.send_message(claire.id, "a", read_timeout=0.05)
    assert translated(met.value) == UncertainError(why="ReadTimeout")
    assert api.delivered()[claire.id] == 1


async def test_what_begin_raises_comes_out_and_nothing_is_sent(
    api: LocalBotApi, sender: TelegramSender, claire: Person
) -> None:
    async def refuses() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await sender.send(claire.id, PART, refuses)
    assert api.calls("sendMessage") == ()


async def test_begin_is_awaited_before_the_call(api: LocalBotApi, sender: TelegramSender, claire: Person) -> None:
    calls: list[int] = []

    async def counts() -> None:
        calls.append(len(api.calls("sendMessage")))

    await sender.send(claire.id, PART, counts)
    assert calls == [0]


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (
            BadRequest("Not enough rights to send text messages to the chat"),
            SubscriberGoneError(reason=GoneReason.KICKED),
        ),
        (BadRequest("Message is too long"), RefusedTextError(why="Message is too long")),
        (NetworkError("Too Many Requests (429)"), RetryLaterError(seconds=30, flood=True)),
        (TelegramError("Invalid server response"), UncertainError(why="TelegramError")),
    ],
)
def test_rarer_answers(error: TelegramError, meaning: SendError) -> None:
    assert translated(error) == meaning


def test_the_wait_may_come_as_a_number_or_as_a_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seconds_of(RetryAfter(3)) == 3.0
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert seconds_of(RetryAfter(timedelta(seconds=2, milliseconds=500))) == 2.5
