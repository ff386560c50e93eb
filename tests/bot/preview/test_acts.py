"""What a person does on the page, and what comes of it on everybody's screen."""

import pytest

from bot.localapi.pictures import SMALLEST_PNG
from bot.preview.running import Preview
from bot.texts.preview import invented_vote
from tests.bot.preview.conftest import ALIX, CAMILLE, DOMINIQUE, LOU, SACHA, Client, Event, the_next

pytestmark = pytest.mark.asyncio(loop_scope="module")


def saying(event: Event) -> str:
    return str((event["message"] or {}).get("text", ""))


async def test_the_opening_shows_everybody_and_what_stands_in_each_chat(client: Client) -> None:
    async with client.watching() as events:
        opening = await the_next(events, "opening")
        assert [each["name"] for each in opening["people"]] == ["Camille", "Dominique", "Lou", "Sacha", "Alix"]
        assert len(opening["commitments"]) == 102 and opening["zone"] == "Europe/Paris"
        assert "robot" in (await the_next(events, "description"))["text"]
        menu = await the_next(events, "menu", chat=CAMILLE)
        assert {"suivre", "help"} <= {each["command"] for each in menu["commands"]}
        first = await the_next(events, "message", chat=DOMINIQUE, id=3)
        assert "vous suivez" in saying(first)
        theirs = await the_next(events, "menu", chat=LOU)
        assert {"suivre", "agent", "statut"} <= {each["command"] for each in theirs["commands"]}


async def test_a_question_is_answered_on_the_screen_of_who_asked(client: Client) -> None:
    async with client.watching() as events:
        asked = (await client.post("types", chat=CAMILLE, text="où en est le plan pleine terre ?")).json()["message"]
        answer = await the_next(events, "message", chat=CAMILLE, id=asked + 1)
        assert "Pleine terre" in saying(answer) and answer["message"]["reply_markup"]["inline_keyboard"]


async def test_a_press_browses_in_place_and_is_answered(client: Client) -> None:
    async with client.watching() as events:
        asked = (await client.post("types", chat=SACHA, text="/orientations")).json()["message"]
        shown = await the_next(events, "message", chat=SACHA, id=asked + 1)
        await client.post("presses", chat=SACHA, message=asked + 1, row=0, place=0)
        edited = await the_next(events, "message", chat=SACHA, id=asked + 1)
        assert saying(edited) != saying(shown) and edited["message"]["edit_date"]


async def test_a_press_of_what_is_over_is_answered_with_a_box(client: Client) -> None:
    async with client.watching() as events:
        asked = (await client.post("types", chat=SACHA, text="/suivre p01")).json()["message"]
        confirmed = await the_next(events, "message", chat=SACHA, id=asked + 1)
        rows = confirmed["message"]["reply_markup"]["inline_keyboard"]
        row, place = next(
            (row, place) for row, all in enumerate(rows) for place, b in enumerate(all) if b["text"] == "Ne plus suivre"
        )
        for _ in range(2):
            await client.post("presses", chat=SACHA, message=asked + 1, row=row, place=place)
        toast = await the_next(events, "toast", chat=SACHA, alert=True)
        assert "déjà terminé" in toast["text"]


async def test_a_question_edited_changes_its_answer(client: Client) -> None:
    async with client.watching() as events:
        asked = (await client.post("types", chat=ALIX, text="merci")).json()["message"]
        await the_next(events, "message", chat=ALIX, id=asked + 1)
        await client.post("edits", chat=ALIX, message=asked, text="/bilan")
        await client.post("edits", chat=ALIX, message=asked, text="plan pleine terre")
        changed = await the_next(events, "message", chat=ALIX, id=asked + 1)
        assert "Pleine terre" in saying(changed)


async def test_a_link_opens_a_card_and_offers_to_follow_it(client: Client) -> None:
    async with client.watching() as events:
        asked = (await client.post("opens", chat=LOU, payload="suivre-p07")).json()["message"]
        assert "logements abordables" in saying(await the_next(events, "message", chat=LOU, id=asked + 1))
        assert "Suivre" in saying(await the_next(events, "message", chat=LOU, id=asked + 2))


async def test_files_are_sent_and_given_back(client: Client) -> None:
    async with client.watching() as events:
        await client.sends("vue.png", SMALLEST_PNG, "image/png", chat=str(LOU), caption="La vue")
        photo = (await the_next(events, "message", chat=LOU))["message"]
        while "photo" not in photo:
            photo = (await the_next(events, "message", chat=LOU))["message"]
        picture = await client.get(f"/preview/file/{photo['photo'][0]['file_id']}")
        assert photo["caption"] == "La vue"
        assert picture.content == SMALLEST_PNG and picture.headers["Content-Type"] == "image/png"
        await client.sends("page.html", b"<script>1</script>", "text/html", chat=str(LOU))
        sent = (await the_next(events, "message", chat=LOU))["message"]
        while "document" not in sent:
            sent = (await the_next(events, "message", chat=LOU))["message"]
        page = await client.get(f"/preview/file/{sent['document']['file_id']}")
        # Whatever somebody sends, it never runs in the page's own name.
        assert page.headers["Content-Type"] == "application/octet-stream"
        assert page.headers["Content-Disposition"].startswith("attachment")
    assert (await client.get("/preview/file/photo-99-local")).status_code == 400
    broken = await client.sends("vue.png", b"no picture", "image/png", chat=str(LOU))
    assert broken.status_code == 200 and last_media(client) == "document"


def last_media(client: Client) -> str:
    media = list(client.api.world.chats[LOU].messages.values())
    return next(each.media.kind for each in reversed(media) if each.media is not None)


async def test_the_data_of_a_person_can_be_downloaded(client: Client) -> None:
    async with client.watching() as events:
        asked = (await client.post("types", chat=DOMINIQUE, text="/mesdonnees")).json()["message"]
        sent = (await the_next(events, "message", chat=DOMINIQUE, id=asked + 1))["message"]
        held = await client.get(f"/preview/file/{sent['document']['file_id']}")
        assert b'"p07"' in held.content and "mes-donnees.json" in held.headers["Content-Disposition"]


async def test_what_happens_while_time_passes_reaches_who_follows_it(client: Client, preview: Preview) -> None:
    async with client.watching() as events:
        asked = (await client.post("types", chat=CAMILLE, text="/suivre p07 jour")).json()["message"]
        assert "vous suivez" in saying(await the_next(events, "message", chat=CAMILLE, id=asked + 1))
        assert (await client.post("invents", commitment="p07")).status_code == 200
        # It is Sunday, a quiet day: nobody is told before Monday.
        await client.post("moves", to="morning")
        assert (await the_next(events, "clock"))["ahead"] > 0
        digest = await the_next(events, "message", chat=CAMILLE, id=asked + 2)
        assert "Votre résumé du jour" in saying(digest) and invented_vote() in saying(digest)
        assert digest["message"]["date"] == preview.clock.now().timestamp()
    shown = preview.api.world.chats[DOMINIQUE].messages

    def told() -> bool | None:
        return any("Du nouveau" in each.text and invented_vote() in each.text for each in shown.values()) or None

    assert await preview.api.world.bell.until(told, 5)


@pytest.mark.parametrize(
    ("act", "values"),
    [
        ("types", {"chat": 1, "text": "merci"}),
        ("types", {"chat": CAMILLE}),
        ("opens", {"chat": CAMILLE, "payload": "pas une charge"}),
        ("presses", {"chat": CAMILLE, "message": 1, "row": 7, "place": 0}),
        ("presses", {"chat": CAMILLE, "message": 9_999, "row": 0, "place": 0}),
        ("edits", {"chat": CAMILLE, "message": 9_999, "text": "merci"}),
        ("moves", {"to": "yesterday"}),
        ("invents", {"commitment": "p99"}),
        ("sends", {"chat": CAMILLE}),
    ],
)
async def test_what_makes_no_sense_is_refused(client: Client, act: str, values: dict[str, object]) -> None:
    assert (await client.post(act, **values)).status_code == 400
