"""Announcements as they are made: on Telegram, through the whole application, to people who follow something."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from bot.app import App
from bot.context import Deps
from bot.localapi import LocalBotApi, Person
from bot.localapi.messages import Message
from bot.outgoing import Outgoing, Stores
from bot.settings import Settings
from knowledge.database import Database
from knowledge.service import Knowledge
from tests.bot.handlers.staff.conftest import forges, presses, said

TEXT = "Réunion publique le 3 décembre"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings.from_env(
        {
            "BOT_TOKEN": settings.token,
            "BOT_OPERATOR": "Association X",
            "BOT_CONTACT": "x@example.org",
            "BOT_API_URL": settings.api_url,
            "BOT_DATABASE": str(settings.database),
            "BOT_KEY_FILE": str(settings.key_file),
            "BOT_STAFF": ", ".join(f"{user}:{role}" for user, role in settings.staff),
            "BOT_QUIET": "none",
        },
        serving=True,
    )


@pytest.fixture
async def sending(application: App, settings: Settings, deps: Deps, knowledge: Knowledge) -> AsyncIterator[None]:
    """What leaves by itself, beside the application."""
    outgoing = Outgoing(
        *(settings, Stores.open(settings), application.bot),
        catalogue=lambda: knowledge.catalogue,
        writer=deps.writer,
        now=deps.now,
        on_stop=lambda code: None,
    )
    outgoing.start()
    yield
    await outgoing.stop(2)


@pytest.fixture
async def public(api: LocalBotApi, sending: None, bruno: Person, valerie: Person) -> list[Person]:
    """Three residents, and a team that has opened the bot."""
    for member in (bruno, valerie):
        await member.asks("/agent")
    people = [api.person(f"Personne {place}") for place in range(3)]
    for person in people:
        assert "vous suivez" in (await person.asks("/suivre tout")).text
    return people


async def hears(person: Person, words: str, within: float = 10) -> Message:
    """The bot's latest message that says so, now or soon."""

    def found() -> Message | None:
        return next((each for each in reversed(person.answers) if words in said(each)), None)

    async with asyncio.timeout(within):
        while (message := found()) is None:  # noqa: ASYNC110 - edits ring no bell of ours
            await asyncio.sleep(0.05)
    return message


async def until(ready: Callable[[], bool], within: float = 10) -> None:
    async with asyncio.timeout(within):
        while not ready():  # noqa: ASYNC110 - edits ring no bell of ours
            await asyncio.sleep(0.05)


async def written(person: Person, text: str = TEXT) -> Message:
    await person.asks(f"/annonce {text}")
    return await hears(person, "brouillon")


async def submitted(api: LocalBotApi, bruno: Person) -> Message:
    page = await written(bruno)
    page = await presses(api, bruno, page, "Tester")
    page = await hears(bruno, "À faire : « Soumettre")
    await presses(api, bruno, page, "Soumettre")
    return await hears(bruno, "attend une validation")


async def launched(api: LocalBotApi, bruno: Person, valerie: Person) -> Message:
    await submitted(api, bruno)
    notice = await hears(valerie, "validation demandée")
    assert TEXT in said(notice)
    await presses(api, valerie, notice, "Approuver")
    page = await hears(valerie, "validée, à lancer")
    question = await presses(api, valerie, page, "Lancer")
    assert "l'envoyer maintenant à toutes les personnes abonnées (3 personnes)" in said(question)
    return await presses(api, valerie, question, "Confirmer")


async def test_from_the_draft_to_everybody(
    api: LocalBotApi, public: list[Person], bruno: Person, valerie: Person
) -> None:
    await launched(api, bruno, valerie)
    for person in public:
        message = await hears(person, TEXT)
        assert message.labels == ("Tout arrêter",) and "/arreter" in said(message)
    report = await hears(valerie, "Bilan")
    assert "Envoyés : 3" in said(report) and "Total : 3" in said(report)
    await until(lambda: any(each.earlier and said(each).startswith("Annonce 1 : envoyée") for each in valerie.answers))
    assert [sum(TEXT in each.text for each in person.answers) for person in public] == [1, 1, 1]


async def test_and_back_again(api: LocalBotApi, public: list[Person], bruno: Person, valerie: Person) -> None:
    await launched(api, bruno, valerie)
    await hears(valerie, "Bilan")
    page = await presses(api, bruno, await hears(bruno, "Bilan"), "Voir")
    question = await presses(api, bruno, page, "Corriger")
    assert "Écrivez le texte juste" in said(question)
    await bruno.types("Réunion publique le 4 décembre")
    page = await hears(bruno, "Correction 2 (du message 1) : brouillon")
    await presses(api, bruno, page, "Tester")
    await hears(bruno, "Texte corrigé le 22 novembre 2026")
    await presses(api, bruno, await hears(bruno, "À faire : « Soumettre"), "Soumettre")
    await presses(api, valerie, await hears(valerie, "Correction 2 (du message 1) : validation"), "Approuver")
    page = await hears(valerie, "Correction 2 (du message 1) : validée")
    await presses(api, valerie, await presses(api, valerie, page, "Lancer"), "Confirmer")
    report = await hears(valerie, "Bilan – Correction 2")
    assert "Envoyés : 3" in said(report)
    for person in public:
        (message,) = [each for each in person.answers if "Réunion publique" in each.text]
        assert "le 4 décembre" in message.text and TEXT in message.earlier[0].text
    page = await presses(api, valerie, report, "Voir")
    assert "mot de correction" in str(page.labels)


async def test_a_picture_goes_with_its_words(
    api: LocalBotApi, public: list[Person], bruno: Person, valerie: Person
) -> None:
    assert "Écrivez le texte" in said(await bruno.asks("/annonce"))
    await bruno.sends_photo(caption=TEXT)
    page = await hears(bruno, "Avec une image")
    await presses(api, bruno, page, "Tester")
    await until(lambda: any(each.media and TEXT in each.text for each in bruno.answers))
    await presses(api, bruno, await hears(bruno, "À faire : « Soumettre"), "Soumettre")
    notice = await hears(valerie, "validation demandée")
    assert notice.labels == ("Voir l'annonce",)
    page = await presses(api, valerie, notice, "Voir")
    await presses(api, valerie, page, "Approuver")
    page = await hears(valerie, "validée, à lancer")
    await presses(api, valerie, await presses(api, valerie, page, "Lancer"), "Confirmer")
    await until(lambda: all(any(each.media for each in person.answers) for person in public))


async def test_nobody_gets_round_the_second_person(
    api: LocalBotApi, base: Database, public: list[Person], bruno: Person, valerie: Person, zoe: Person
) -> None:
    page = await submitted(api, bruno)
    approve = (await hears(valerie, "validation demandée")).button("Approuver").callback_data or ""
    assert "n'est plus valable" in await forges(api, bruno, page, approve)
    shown = await zoe.asks("/start")
    assert "n'est plus valable" in await forges(api, zoe, shown, approve)
    assert "Je ne connais pas la commande" in said(await zoe.asks("/annonce Tout le monde dehors"))
    await presses(api, bruno, page, "Corriger le texte")
    await bruno.types("Autre chose")
    await hears(bruno, "Autre chose")
    assert "a changé depuis" in await forges(api, valerie, await hears(valerie, "validation"), approve)
    assert "Annonce 1 : brouillon" in said(await hears(bruno, "brouillon"))
    kinds = [kind for (kind,) in base.read().execute("SELECT kind FROM history WHERE kind LIKE '%.denied'")]
    assert kinds == ["staff.denied", "staff.denied", "staff.denied", "announcement.denied"]
    assert all(TEXT not in each.text for person in public for each in person.answers)


async def test_formatting_hour_audience_and_refusal(
    api: LocalBotApi, public: list[Person], bruno: Person, valerie: Person
) -> None:
    page = await written(bruno, "1 < 2 & « oui »")
    assert "1 < 2 & « oui »" in said(page)
    await presses(api, bruno, page, "Quand")
    await bruno.types("hier peut-être")
    await hears(bruno, "Je n'ai pas compris")
    await bruno.types("2026-11-21 10:00")
    await hears(bruno, "C'est déjà passé (le 21 novembre 2026 à 10:00)")
    await bruno.types("2027-03-28 02:30")
    await hears(bruno, "Cette heure n'existe pas")
    await bruno.types("demain 9h")
    page = await hears(bruno, "Quand : le 23 novembre 2026 à 09:00")
    page = await presses(api, bruno, page, "À qui")
    page = await presses(api, bruno, page, "Orientation 3")
    page = await hears(bruno, "qui suivent l'orientation 3")
    page = await presses(api, bruno, page, "Tester")
    await hears(bruno, "de l'orientation 3")
    await presses(api, bruno, await hears(bruno, "À faire : « Soumettre"), "Soumettre")
    notice = await hears(valerie, "validation demandée")
    await presses(api, valerie, notice, "Refuser")
    await valerie.types("La date est fausse")
    assert "Raison : La date est fausse" in said(await hears(valerie, "refusée"))
    assert "La date est fausse" in said(await hears(bruno, "Annonce 1 : refusée"))
    assert "refusée" in said(await bruno.asks("/annonces"))


async def test_the_reserve_stops_it(
    api: LocalBotApi, public: list[Person], anne: Person, bruno: Person, valerie: Person
) -> None:
    page = await presses(api, anne, await anne.asks("/annonces"), "Réserve")
    assert "aucune annonce ne part" in said(await presses(api, anne, page, "Confirmer"))
    await submitted(api, bruno)
    await presses(api, valerie, await hears(valerie, "validation demandée"), "Approuver")
    page = await hears(valerie, "validée, à lancer")
    question = await presses(api, valerie, page, "Lancer")
    await valerie.presses(question, "Confirmer")
    await api.settled()
    assert "Réserve électorale" in valerie.toasts[-1].text


async def test_what_waits_is_on_the_first_page(
    api: LocalBotApi, public: list[Person], bruno: Person, valerie: Person
) -> None:
    await submitted(api, bruno)
    page = await valerie.asks("/agent")
    assert "1 annonce attend votre validation" in said(page)
    assert "Annonce 1" in str((await presses(api, valerie, page, "Les annonces")).labels)


async def test_too_long_is_told_with_the_figure(api: LocalBotApi, public: list[Person], bruno: Person) -> None:
    await bruno.asks("/annonce")
    await bruno.types("a" * 4096)
    assert "Trop long : 4096 signes" in said(await hears(bruno, "Trop long"))
    await bruno.types("Plus court")
    await hears(bruno, "Plus court")
