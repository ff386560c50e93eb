"""From a question refused to a question answered, and from a question sent to its answer, through the application."""

import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.app import App
from bot.context import Deps
from bot.localapi import LocalBotApi, Person
from bot.localapi.messages import Message
from bot.outgoing import Stores
from bot.settings import Settings
from knowledge.database import Database
from knowledge.history.entries import list_entries
from knowledge.questions.kept import KeptQuestions
from knowledge.service import Knowledge
from scheduler.enquiries import Enquiries
from scheduler.outbox import State
from tests.bot.conftest import NOW
from tests.bot.handlers.conftest import dependencies
from tests.bot.handlers.staff.conftest import Hands, forges, presses, said

ASKED = "le lombricomposteur gratuit"
TAUGHT = "Comment avoir un lombricomposteur chez soi ?"
PARAPHRASES = (
    *("je voudrais un lombricomposteur pour mon appartement", "la métropole donne des lombricomposteurs ?"),
    *("cmt avoir un lombricomposteure", "ou recuperer un lombri composteur", "lombricomposteur aide achat"),
    *("un lombricomposteur pour mon balcon, à qui le demander", "est-il possible d obtenir un lombricomposteur"),
    *("lombricomposteur", "distribution de lombricomposteurs aux habitants", ASKED),
)
KEEP = "Aider les agents\u00a0: garder ma question, sans mon nom"


@pytest.fixture
async def deps(settings: Settings, base: Database, clock: Hands) -> AsyncIterator[Deps]:
    """On this test's own knowledge, since it is taught."""
    knowledge = Knowledge.open(base.path, NOW, pytest.fail)
    with ThreadPoolExecutor(max_workers=1) as writer:
        yield dependencies(settings, knowledge, writer, clock)
    knowledge.close()


@pytest.fixture
def stores(settings: Settings) -> Stores:
    return Stores.open(settings)


async def keeps(api: LocalBotApi, person: Person, question: str) -> None:
    shown = await person.asks(question)
    assert "Est gardé" in said(await presses(api, person, shown, "Aider les agents"))


async def teaches(api: LocalBotApi, member: Person, commitment: str, sample: str) -> str:
    """By the buttons, from the first group; what the bot says last."""
    page = await member.asks("/questions")
    group = await presses(api, member, page, "1. ")
    await presses(api, member, group, "Ajouter un exemple")
    asked = await member.asks(commitment)
    assert "avec vos propres mots" in said(asked)
    return said(await member.asks(sample))


async def test_a_refused_question_added_by_staff_is_answered_at_the_next_asking(
    api: LocalBotApi, application: App, zoe: Person, bruno: Person, base: Database
) -> None:
    refused = await zoe.asks(ASKED)
    assert "engagement" in refused.text and KEEP in refused.labels
    await presses(api, zoe, refused, "Aider les agents")
    page = await bruno.asks("/questions")
    assert f"1 fois : « {ASKED} »" in said(page) and "proche, mais pas un engagement : 1 / 1" in said(page)
    assert "est ajouté pour" in await teaches(api, bruno, "a5-03", TAUGHT)
    assert "États généraux des déchets" in (await zoe.asks(TAUGHT)).text
    answers = [(await zoe.asks(each)).text for each in PARAPHRASES]
    assert sum(text.startswith("Organiser les États généraux des déchets") for text in answers) >= 8
    *_, last = list_entries(base.read())
    assert (last.kind, last.content["text"], last.by and last.by.member) == ("question.taught", TAUGHT, 3)


async def test_what_another_process_taught_is_picked_up(
    api: LocalBotApi, application: App, zoe: Person, bruno: Person, deps: Deps, base: Database
) -> None:
    other = Knowledge.open(base.path, NOW, pytest.fail)
    assert "est ajouté" in said(await bruno.asks(f"/questions exemple a5-03 {TAUGHT}"))
    assert other.refresh() and other.understand(TAUGHT, None, NOW)[0].commitments[0] == "a5-03"
    other.close()


async def test_a_question_can_be_filed_as_out_of_scope_and_taken_back(
    api: LocalBotApi, application: App, zoe: Person, bruno: Person
) -> None:
    typed = "composter ses épluchures en immeuble"
    assert "États généraux" in (await zoe.asks(typed)).text
    others = await presses(api, zoe, zoe.last, "Ce n'est pas ça")
    await presses(api, zoe, others, "Aider les agents")
    group = await presses(api, bruno, await bruno.asks("/questions"), "1. ")
    assert "« Ce n'est pas ça »" in said(group) and "répond au premier par une fiche" in said(group)
    reasons = await presses(api, bruno, group, "Hors sujet")
    assert "avec vos propres mots" in said(await presses(api, bruno, reasons, "2. "))
    done = await bruno.asks("Composter les épluchures d'un immeuble ?")
    assert "comme hors sujet" in said(done)
    assert "je ne parle que" in said(await zoe.asks("composter les épluchures d'un immeuble"))
    lessons = await presses(api, bruno, await bruno.asks("/questions"), "Ce que l'équipe a ajouté")
    assert "Retiré" in said(await presses(api, bruno, lessons, "1. "))
    assert "États généraux" in (await zoe.asks(typed)).text


async def test_a_word_is_added_by_looking_for_the_commitment(
    api: LocalBotApi, application: App, zoe: Person, bruno: Person
) -> None:
    await keeps(api, zoe, ASKED)
    group = await presses(api, bruno, await bruno.asks("/questions"), "1. ")
    await presses(api, bruno, group, "Ajouter un mot")
    which = await bruno.asks("états généraux des déchets")
    assert "Lequel ?" in said(which)
    await presses(api, bruno, which, "1. ")
    assert "Le mot « lombricaisse » est ajouté" in said(await bruno.asks("lombricaisse"))
    assert "États généraux des déchets" in (await zoe.asks("une lombricaisse")).text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("exemple p99 des castors", "Aucun engagement p99"),
        ("exemple p12 " + "castor " * 720, "C'est trop long"),
        ("exemple p12 et pour moi ?", "rien à apprendre"),
        ("exemple p12 M. Durand et les castors", "Retirez ce qui désigne une personne"),
        ("exemple p12 où en est le plan pleine terre", "déjà"),
        ("mot p11 arbres", "C'est déjà là"),
        ("hors-sujet nimporte quoi", "Tapez /questions seule"),
        ("n'importe quoi", "Tapez /questions seule"),
    ],
)
async def test_what_cannot_be_taught_is_said_in_a_sentence(
    application: App, bruno: Person, deps: Deps, words: str, told: str
) -> None:
    if "pleine terre" in words:
        await bruno.asks("/questions exemple p11 où en est le plan pleine terre")
    if "arbres" in words:
        await bruno.asks("/questions mot p11 arbres")
    assert told in said(await bruno.asks(f"/questions {words}"))


async def test_a_reader_sees_and_changes_nothing(
    api: LocalBotApi, application: App, zoe: Person, anne: Person, bruno: Person, base: Database
) -> None:
    await keeps(api, zoe, ASKED)
    await anne.asks("/equipe role 3 lecture")
    group = await presses(api, bruno, await bruno.asks("/questions"), "1. ")
    assert group.labels == ("Les questions",)
    for data in (
        "qe:1",
        "qm:1",
        "qc:1.q.p07",
        "qo:1",
        "qr:1.vague",
        "qt:1",
        "qu:1",
        "qx:0a1b2c3d4e5f",
        "qa:1",
        "qz:1.a",
    ):
        assert "n'est plus valable" in await forges(api, bruno, group, data)
    assert "Tapez /questions seule" in said(await bruno.asks("/questions exemple p12 des castors"))
    assert len(KeptQuestions(base).groups()) == 1


async def test_residents_find_nothing_of_it(api: LocalBotApi, application: App, zoe: Person) -> None:
    shown = await zoe.asks("/start")
    for data in ("qp:tout:1", "qg:1", "ql:tout:1", "qi:tout:1", "qv:1", "qt:1"):
        assert "n'est plus valable" in await forges(api, zoe, shown, data)
    assert "Je ne connais pas la commande /questions" in said(await zoe.asks("/questions"))


@pytest.mark.parametrize(
    "data", ["qg:99", "qg:", "qg:x", "qt:0", "qc:1.z.p07", "qc:1.q.p99", "qr:1.nulle", "qv:7", "qz:7"]
)
async def test_a_forged_or_stale_button_of_staff_is_answered(
    api: LocalBotApi, application: App, bruno: Person, data: str
) -> None:
    page = await bruno.asks("/questions")
    assert await forges(api, bruno, page, data)


async def test_a_group_is_settled_and_put_back(api: LocalBotApi, application: App, zoe: Person, bruno: Person) -> None:
    await keeps(api, zoe, ASKED)
    group = await presses(api, bruno, await bruno.asks("/questions"), "1. ")
    settled = await presses(api, bruno, group, "Traitée")
    assert "Aucune question gardée" in said(await bruno.asks("/questions"))
    assert "remis dans la liste" in said(await presses(api, bruno, settled, "Remettre"))
    assert ASKED in (await bruno.asks("/questions")).text


async def sends(api: LocalBotApi, person: Person, question: str) -> None:
    told = await presses(api, person, await person.asks(question), "Demander aux agents")
    assert "30 jours au plus" in said(told) and "numéro chiffré" in said(told)
    assert "chez les agents" in said(await presses(api, person, told, "Confirmer"))


async def drafts(member: Person, words: str) -> Message:
    """The answer as it will be read."""
    assert "Voici ce que la personne lira" in said(await member.asks(words))
    shown = await member.reads()
    assert "Leur réponse" in shown.text and words in shown.text
    return shown


async def test_a_question_sent_to_staff_is_answered_once_and_the_link_is_erased(
    api: LocalBotApi, application: App, zoe: Person, bruno: Person, stores: Stores
) -> None:
    await sends(api, zoe, "le frigo partagé de ma rue, je m'appelle Zoé Martin")
    page = await bruno.asks("/questions")
    assert "en attente de réponse : 1" in said(page) and "Martin" not in page.text
    waiting = await presses(api, bruno, page, "Questions envoyées")
    one = await presses(api, bruno, waiting, "1. ")
    assert "je m'appelle [nom]" in one.text
    await presses(api, bruno, one, "Répondre")
    looked_over = await drafts(bruno, "Il y en a un, place du Change.")
    assert "La réponse part" in said(await presses(api, bruno, looked_over, "Confirmer"))
    assert "n'attend plus" in await forges(api, bruno, looked_over, "qz:1.a")
    (row,) = stores.outbox.due(NOW)
    assert "place du Change" in row.body and "frigo partagé" in row.body
    assert Enquiries(stores.database).list_open() == ()
    assert stores.outbox.counts()[State.PENDING] == 1


async def test_what_was_looked_over_is_what_leaves(
    api: LocalBotApi, application: App, zoe: Person, anne: Person, bruno: Person, stores: Stores
) -> None:
    await sends(api, zoe, ASKED)
    drafted = {}
    for member, words in ((bruno, "Oui, gratuit."), (anne, "Non, payant.")):
        one = await presses(
            api, member, await presses(api, member, await member.asks("/questions"), "Questions env"), "1. "
        )
        await presses(api, member, one, "Répondre")
        drafted[member.id] = await drafts(member, words)
    await bruno.presses(drafted[bruno.id], "Confirmer")
    await api.settled()
    assert "n'est plus valable" in bruno.toasts[-1].text and stores.outbox.due(NOW) == ()
    await presses(api, anne, drafted[anne.id], "Confirmer")
    (row,) = stores.outbox.due(NOW)
    assert "Non, payant." in row.body


async def test_an_answer_that_does_not_do_is_asked_for_again(
    api: LocalBotApi, application: App, zoe: Person, bruno: Person
) -> None:
    await sends(api, zoe, ASKED)
    one = await presses(api, bruno, await presses(api, bruno, await bruno.asks("/questions"), "Questions env"), "1. ")
    await presses(api, bruno, one, "Répondre")
    assert "2000 au plus" in said(await bruno.asks("mot " * 600))
    await bruno.sends_photo()
    assert "Écrivez des mots" in said(await bruno.reads())
    await drafts(bruno, "Oui.")


async def test_a_person_takes_a_question_back_or_finds_it_in_their_data(
    api: LocalBotApi, application: App, zoe: Person, stores: Stores
) -> None:
    await sends(api, zoe, ASKED)
    sent = zoe.last
    await zoe.asks("/mesdonnees")
    held = json.loads(api.calls("sendDocument")[-1].call.uploads["document"].content)
    assert [each["question"] for each in held["questions_to_staff"]] == [ASKED]
    assert "est retirée" in said(await presses(api, zoe, sent, "Retirer"))
    assert Enquiries(stores.database).list_open() == ()
    assert "n'est plus chez les agents" in said(await presses(api, zoe, sent, "Retirer"))


async def test_three_questions_at_most_wait_for_one_person(api: LocalBotApi, application: App, zoe: Person) -> None:
    for question in (ASKED, "les toilettes publiques, il y en aura plus ?", "des jardins sur les toits"):
        await sends(api, zoe, question)
    told = await presses(api, zoe, await zoe.asks("recharge pour ma voiture électrique en bas de chez moi"), "Demander")
    await zoe.presses(told, "Confirmer")
    await api.settled()
    assert "déjà 3 questions" in zoe.toasts[-1].text.replace("\u00a0", " ")


async def test_the_first_page_of_staff_says_what_waits(
    api: LocalBotApi, application: App, zoe: Person, bruno: Person, clock: Hands
) -> None:
    await keeps(api, zoe, ASKED)
    await sends(api, zoe, "les toilettes publiques, il y en aura plus ?")
    page = said(await bruno.asks("/agent"))
    assert "1 question d'habitants à qui répondre" in page and "1 groupe de questions sans réponse" in page
    clock.now += timedelta(days=1)
    assert "1 groupe" in said(await bruno.asks("/agent"))
