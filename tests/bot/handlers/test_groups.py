"""In a group the bot speaks only when it is spoken to."""

import pytest

from bot.localapi import LocalBotApi, Person


@pytest.mark.parametrize(
    "text",
    [
        "Où en est le plan Pleine terre ?",
        "/inconnue",
        "/help@autre_bot",
        "@autre_bot plan pleine terre",
        "@suivi_local_bot2 plan pleine terre",
        "1",
    ],
)
async def test_what_is_said_to_others_is_left_to_them(api: LocalBotApi, claire: Person, text: str) -> None:
    group = api.group(members=[claire])
    await claire.types(text, where=group)
    await claire.sends_photo(where=group)
    await api.settled()
    assert group.answers == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/help", "Vous pouvez aussi parcourir"),
        ("/help@suivi_local_bot", "Vous pouvez aussi parcourir"),
        ("/bilan@SUIVI_LOCAL_BOT", "29 engagements"),
        ("/inconnue@suivi_local_bot", "Je ne connais pas la commande /inconnue"),
        ("@suivi_local_bot où en est le plan pleine terre ?", "Pleine terre"),
        ("où en est le plan pleine terre @Suivi_Local_Bot ?", "Pleine terre"),
    ],
)
async def test_what_is_said_to_it_is_answered_as_a_reply(
    api: LocalBotApi, claire: Person, text: str, expected: str
) -> None:
    group = api.group(members=[claire])
    question = await claire.types(text, where=group)
    answer = await group.reads()
    assert expected in answer.text.replace("\u00a0", " ")
    assert answer.reply_to is question


async def test_a_reply_to_it_is_said_to_it(api: LocalBotApi, claire: Person) -> None:
    group = api.group(members=[claire])
    await claire.types("/chantiers", where=group)
    listed = await group.reads()
    await claire.types("2", where=group, reply_to=listed)
    assert (await group.reads()).text.startswith("Une évaluation participative")
    await claire.sends_sticker(where=group)
    await api.settled()
    assert len(group.answers) == 2


async def test_anyone_in_the_group_may_browse(api: LocalBotApi, claire: Person) -> None:
    paul = api.person("Paul")
    group = api.group(members=[claire, paul])
    await claire.types("/orientations", where=group)
    menu = await group.reads()
    await paul.presses(menu, "3. ")
    await api.settled()
    assert "Orientation 3" in menu.text and len(group.answers) == 1
