"""Following, by typing and by buttons: conversations as tables."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.conversation.kept import Kept
from bot.conversation.recent import Recent
from bot.conversation.talk import Conversation
from bot.replies import Caller, Turn
from knowledge.authors import Role
from knowledge.changes import Field, NewChange, record
from knowledge.database import Database
from knowledge.models import Origin, Status
from scheduler.errors import UnknownSubscriptionError
from scheduler.identities import open_identities
from scheduler.members import Members
from scheduler.subscriptions import MOST
from tests.bot.conftest import NOW
from tests.bot.conversation.test_talk import labels, said
from tests.bot.texts.reading import assert_is_a_message

CHAT = 7


def press(conversation: Conversation, turn: Turn, label: str) -> Turn:
    button = next(button for button in turn.replies[-1].buttons if label in button.label)
    assert button.data is not None
    return conversation.carry_out(conversation.press(CHAT, button.data, NOW), Caller(chat=CHAT), NOW)


def changed(base: Database, commitment: str, new: Status) -> None:
    with base.write() as db:
        record(db, NewChange(commitment=commitment, field=Field.STATUS, old=None, new=new, source=Origin.STAFF), NOW)


@pytest.mark.parametrize(
    "dialogue",
    [
        [
            ("/suivre p17", "vous suivez «"),
            ("/suivre p17", "Vous suivez déjà"),
            ("/abonnements", "Vos abonnements (1)"),
        ],
        [("/suivre p17", "chaque semaine, le mardi à 9 h"), ("/suivre p17 jour", "chaque jour à 9 h")],
        [
            ("/suivre p99", "Aucun engagement p99"),
            ("/suivre o9", "rien n'y correspond"),
            ("/suivre P01", "vous suivez"),
        ],
        [("/suivre o3 mois", "l'orientation 3"), ("/suivre tout immediat", "tous les engagements")],
        [("/suivre prioritaires", "les chantiers prioritaires"), ("/suivre", "Que voulez-vous suivre")],
        [('/suivre "pistes cyclables" jour', "les mots « pistes cyclables »"), ("/suivre « vélo »", "« vélo »")],
        [("/suivre vélo mois", "Rythme : chaque mois"), ('/suivre "xyzzy"', "rien n'y correspond")],
        [('/suivre "le la"', "rien n'y correspond"), ('/suivre ""', "rien n'y correspond")],
        [("/suivre p01 demain", "« demain » n'est pas un rythme"), ('/suivre "a.*(b+)+$"', "rien n'y correspond")],
        [("/suivre p01 realise", "vous suivez"), ("/abonnements", "seulement quand c'est réalisé")],
        [("/abonnements", "Vous ne suivez rien"), ("/pause", "Vous ne suivez rien"), ("/reprendre", "pas en pause")],
        [
            ("/suivre p01", "vous suivez"),
            ("/pause 2027-03-12", "à partir du 12 mars 2027"),
            ("/abonnements", "En pause"),
            ("/reprendre", "la pause est finie"),
            ("/reprendre", "Vous n'étiez pas en pause"),
        ],
        [("/suivre p01", "vous suivez"), ("/pause", "jusqu'à ce que vous tapiez /reprendre")],
        [("/pause hier", "n'est pas une date"), ("/pause 2020-01-01", "n'est pas à venir")],
        [("/suivre p01", "vous suivez"), ("/arreter p01", "vous ne suivez plus"), ("/arreter p01", "ne suivez pas")],
        [("/suivre p01", "vous suivez"), ("/suivre o2", "vous suivez"), ("/arreter tout", "vos 2 abonnements")],
        [("/arreter", "Vous ne suivez rien"), ("/suivre p01", ""), ("/arreter", "Que voulez-vous arrêter")],
        [("/suivre p01", ""), ("stop", "Que voulez-vous arrêter"), ("Oubliez-moi !", "Effacer tout ce que je garde")],
        [("/reglages", "rien à régler"), ("/reglages heure 18", "rien à régler")],
        [
            ("/suivre p01", ""),
            ("/reglages heure 18", "à 18 h"),
            ("/reglages silence 22:00-07:00,dimanche", "de 22 h à 7 h, et le dimanche"),
            ("/settings", "Heure d'envoi des résumés : 18 h"),
            ("/reglages silence aucun", "Silence : aucun"),
            ("/reglages p01 jour", "chaque jour à 18 h"),
            ("/reglages p02 jour", "Vous ne suivez pas"),
            ("/reglages couleur rouge", "n'est pas un réglage"),
        ],
        [("/mesdonnees", "Je ne garde rien sur vous"), ("/supprimer", "il n'y a rien à effacer")],
        [("/suivre p01", ""), ("/supprimer", "sans retour"), ("2", "Rien n'a été effacé"), ("/abonnements", "(1)")],
        [("/suivre p01", ""), ("/supprimer", ""), ("1", "C'est effacé"), ("/abonnements", "Vous ne suivez rien")],
        [("/start suivre-p07", "Suivre «"), ("1", "vous suivez"), ("/start suivre-p07", "Vous suivez déjà")],
        [("/start suivre-p99", "Ce lien ne mène")],
    ],
)
def test_conversations(conversation: Conversation, dialogue: list[tuple[str, str]]) -> None:
    for text, expected in dialogue:
        turn = conversation.answer(CHAT, text, NOW)
        assert expected in said(turn), text
        for reply in turn.replies:
            assert_is_a_message(reply.text)


def test_the_confirmation_tells_the_present_state(conversation: Conversation) -> None:
    assert "Aujourd'hui : En cours, d'après le texte du bilan" in said(conversation.answer(CHAT, "/suivre p11", NOW))
    assert "sur 28 engagements : " in said(conversation.answer(CHAT, "/suivre prioritaires", NOW))


def test_every_card_and_every_row_can_be_followed_in_one_tap(conversation: Conversation) -> None:
    card = conversation.answer(CHAT, "où en est le plan pleine terre ?", NOW)
    assert "Suivre (aucun changement en 6 mois)" in labels(card)
    assert "vous suivez" in said(press(conversation, card, "Suivre ("))
    listed = conversation.answer(CHAT, "/chantiers", NOW)
    assert "« Une évaluation participative" in said(press(conversation, listed, "Suivre n° 2"))
    assert len(conversation.answer(CHAT, "/abonnements", NOW).replies[-1].buttons) == 2 + 3


def test_what_six_months_would_have_told_is_said_before_and_after(
    conversation: Conversation, base: Database, recent: Recent
) -> None:
    changed(base, "p02", Status.REALISE)
    recent.read(NOW)
    assert "Suivre (1 changement en 6 mois)" in labels(conversation.answer(CHAT, "/start p02", NOW))
    listed = said(conversation.answer(CHAT, "/chantiers", NOW))
    assert "Changements de ces 6 derniers mois : n° 2 (1 changement)" in listed
    assert "cela aurait fait 1 changement" in said(conversation.answer(CHAT, "/start suivre-p02", NOW))
    assert "cela aurait fait 1 changement" in said(conversation.answer(CHAT, "/suivre prioritaires", NOW))
    recent.read(NOW + timedelta(days=200))
    assert "Suivre (aucun changement en 6 mois)" in labels(conversation.answer(CHAT, "/start p02", NOW))


def test_two_taps_at_once_make_one_subscription(conversation: Conversation, kept: Kept) -> None:
    card = conversation.answer(CHAT, "/start p07", NOW)
    assert "C'est noté" in said(press(conversation, card, "Suivre ("))
    assert "Vous suivez déjà" in said(press(conversation, card, "Suivre ("))
    assert len(kept.list_of(Caller(chat=CHAT))) == 1


def test_a_button_pressed_after_the_end_says_so(conversation: Conversation) -> None:
    confirmed = conversation.answer(CHAT, "/suivre p07", NOW)
    assert "vous ne suivez plus" in said(press(conversation, confirmed, "Ne plus suivre"))
    for label in ("Ne plus suivre", "Chaque jour"):
        with pytest.raises(UnknownSubscriptionError):
            press(conversation, confirmed, label)


def test_what_was_stopped_can_be_taken_up_again(conversation: Conversation) -> None:
    conversation.answer(CHAT, "/suivre p07 jour", NOW)
    stopped = conversation.answer(CHAT, "/arreter p07", NOW)
    assert "chaque jour à 9 h" in said(press(conversation, stopped, "Suivre à nouveau"))


def test_another_person_s_subscription_cannot_be_touched(conversation: Conversation) -> None:
    confirmed = conversation.answer(CHAT, "/suivre p07", NOW)
    data = next(button.data for button in confirmed.replies[-1].buttons if button.label == "Ne plus suivre")
    assert data is not None
    conversation.answer(8, "/suivre p08", NOW)
    with pytest.raises(UnknownSubscriptionError):
        conversation.carry_out(conversation.press(8, data, NOW), Caller(chat=8), NOW)


def test_a_subscription_is_changed_by_its_buttons(conversation: Conversation) -> None:
    turn = conversation.answer(CHAT, "/suivre p07", NOW)
    turn = press(conversation, turn, "Mes abonnements")
    turn = press(conversation, turn, "La construction")
    turn = press(conversation, turn, "Chaque mois")
    turn = press(conversation, turn, "Seulement en cas de retard")
    turn = press(conversation, turn, "Chaque mois, redire")
    assert "chaque mois, le 1er à 9 h" in said(turn) and "Seulement en cas de retard." in said(turn)
    assert "je vous redis où en est ce que vous suivez" in said(turn)


def test_there_is_a_limit_and_it_is_said(conversation: Conversation, kept: Kept, base: Database) -> None:
    conversation.answer(CHAT, "/suivre p01", NOW)
    subscriber = kept.find(Caller(chat=CHAT))
    assert subscriber is not None
    with base.write() as db:
        db.conn.executemany(
            "INSERT INTO subscriptions(subscriber, target_kind, target, frequency, condition, state_monthly, started,"
            " upto, created_at, settled_at, consent_version) VALUES (?, 'words', ?, 'week', 'any', 0, 0, 0, ?, ?, '')",
            [(subscriber.id, f"mot{n}", NOW.isoformat(), NOW.isoformat()) for n in range(MOST - 1)],
        )
    assert f"Vous avez déjà {MOST} abonnements" in said(conversation.answer(CHAT, "/suivre p02", NOW))
    page = conversation.answer(CHAT, "/abonnements", NOW)
    assert f"Page 1 sur {MOST // 8}" in said(page)
    assert "Page 2 sur" in said(press(conversation, page, "Suite"))


def test_a_member_of_the_team_is_not_told_that_nothing_is_kept(conversation: Conversation, base: Database) -> None:
    Members(base, open_identities(base)).seed([(CHAT, Role.EDITOR)], NOW)
    (reply,) = conversation.answer(CHAT, "/mesdonnees", NOW).replies
    assert "tout ce que je garde sur vous" in reply.text and reply.file is not None
    assert json.loads(reply.file.text)["team"]["role"] == "editor"
    conversation.answer(CHAT, "/suivre p07", NOW)
    conversation.answer(CHAT, "/supprimer", NOW)
    for turn in (conversation.answer(CHAT, "1", NOW), conversation.answer(CHAT, "/supprimer", NOW)):
        assert "Vous restez membre de l'équipe" in turn.replies[0].text


def test_my_data_is_a_document_with_everything(conversation: Conversation) -> None:
    conversation.answer(CHAT, "/suivre p07", NOW)
    (reply,) = conversation.answer(CHAT, "/mesdonnees", NOW).replies
    assert reply.file is not None and reply.file.name.endswith(".json")
    held = json.loads(reply.file.text)
    assert held["subscriptions"][0]["target"] == "p07" and held["subscriber"]["quiet"] == "20:00-08:00,sunday"
    assert str(CHAT) not in (held["subscriber"]["kind"], held["subscriber"]["chat_id"])


def buttons(turn: Turn) -> Iterator[str]:
    return (button.data for button in turn.replies[-1].buttons if button.data)


@pytest.mark.parametrize("data", ["f:", "f:p01.x", "fo:zz", "fs:x", "fr:1.z", "fc:1.tout", "fm:1.2", "rh:25", "rq:x"])
def test_forged_buttons_are_refused(conversation: Conversation, data: str) -> None:
    conversation.answer(CHAT, "/suivre p07", NOW)
    with pytest.raises(Exception, match=r".*") as caught:
        conversation.carry_out(conversation.press(CHAT, data, NOW), Caller(chat=CHAT), NOW)
    assert type(caught.value).__module__ in ("bot.errors", "scheduler.errors", "knowledge.errors")
