"""Facts into messages."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.composer import FrenchComposer
from bot.keyboards import LONGEST_DATA
from bot.texts.markup import plain
from knowledge import updating
from knowledge.catalogue import Catalogue
from knowledge.changes import Field
from knowledge.database import Database
from knowledge.models import Deliberation, DueDate, Milestone, Origin, Status
from knowledge.store import load_catalogue
from scheduler.facts import (
    ChangeFacts,
    DigestFacts,
    Frequency,
    Line,
    NetChange,
    Reason,
    Target,
    TargetKind,
)
from scheduler.ports import Part
from tests.bot.conftest import NOW
from tests.bot.texts.reading import assert_is_a_message

ONE = Reason(subscription=3, target=Target(kind=TargetKind.COMMITMENT, name="p11"))
ALL = Reason(subscription=4, target=Target(kind=TargetKind.ALL))


def net(field: Field = Field.STATUS, **values: Any) -> NetChange:
    given: dict[str, Any] = {
        "old": Status.EN_COURS,
        "new": Status.REALISE,
        "event_date": "2026-11-20",
        "url": "https://example.org/vote?a=1&b=2",
        "recorded_at": NOW,
        "source": Origin.STAFF,
        "correction": False,
    }
    return NetChange(field=field, **(given | values))


def line(commitment: str = "p11", *changes: NetChange, reasons: tuple[Reason, ...] = (ONE,)) -> Line:
    return Line(commitment=commitment, changes=changes or (net(),), reasons=reasons)


def digest(*lines: Line, **values: Any) -> DigestFacts:
    given: dict[str, Any] = {
        "subscriber": 1,
        "frequency": Frequency.WEEK,
        "local_date": date(2026, 11, 24),
        "window": (NOW - timedelta(days=7), NOW),
    }
    return DigestFacts(lines=lines, **(given | values))


def text_of(part: Part) -> str:
    assert_is_a_message(part.text)
    return plain(part.text).replace("\u00a0", " ")


@pytest.fixture
def composer(catalogue: Catalogue) -> FrenchComposer:
    return FrenchComposer(lambda: catalogue)


VOTE = Deliberation(date="2026-06-30", label="vote du budget", url="https://example.org/v")
STEP = Milestone(date="2026-05-02", kind="milestone", summary="Ouverture <du> parc", source_url="https://example.org/s")
OLD, NEW = DueDate(label="2023", starts=None, ends="2023"), DueDate(label="fin 2027", starts=None, ends="2027")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (net(), "statut « en cours », qui devient réalisé (20 novembre 2026, la source (https://example.org/vote"),
        (net(old=None, new=Status.A_OUVRIR), "statut « statut non lisible », qui devient à ouvrir"),
        (net(Field.DELIBERATION, old=None, new=VOTE), "métropolitain, 30 juin 2026 (https://example.org/v) (vote du"),
        (net(Field.DELIBERATION, old=VOTE, new=None), "délibération retirée, 30 juin 2026"),
        (net(Field.MILESTONE, old=None, new=STEP), "étape du 2 mai 2026 : Ouverture <du> parc (voir la page"),
        (net(Field.DUE, old=(OLD,), new=(NEW,)), "échéance repoussée : « 2023 » devient « fin 2027 »"),
        (net(Field.DUE, old=(NEW,), new=(OLD,)), "échéance changée : « fin 2027 » devient « 2023 »"),
        (net(Field.DUE, old=None, new=(NEW,)), "échéance fixée : « fin 2027 »"),
        (net(Field.DUE, old=(OLD,), new=None), "échéance « 2023 » retirée"),
        (net(Field.OVERDUE, old=None, new=OLD), "échéance dépassée (« 2023 »)"),
    ],
)
def test_each_kind_of_change_is_told_in_words(composer: FrenchComposer, change: NetChange, expected: str) -> None:
    (part,) = composer.change(ChangeFacts(subscriber=1, lines=(line("p11", change),)))
    assert expected in text_of(part)


def test_how_often_a_due_date_was_put_off_is_told(base: Database) -> None:
    with base.write() as db:
        for year in ("2027", "2028"):
            later = DueDate(label=year, starts=None, ends=year)
            updating.set_due(db, "p11", (later,), NOW, source=Origin.STAFF)
    catalogue = load_catalogue(base)
    moved = net(Field.DUE, old=(OLD,), new=(DueDate(label="2028", starts=None, ends="2028"),))
    (part,) = FrenchComposer(lambda: catalogue).change(ChangeFacts(subscriber=1, lines=(line("p11", moved),)))
    times = catalogue.get("p11").slips
    assert times >= 1 and f"échéance repoussée ({times} fois) : « 2023 » devient « 2028 »" in text_of(part)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (net(old=Status.REALISE, new=Status.EN_COURS), "le statut n'est pas « réalisé » ; il est en cours"),
        (net(Field.DELIBERATION, old=VOTE, new=None), "la délibération du 30 juin 2026"),
        (net(Field.MILESTONE, old=STEP, new=None), "cette étape est retirée, 2 mai 2026"),
        (net(Field.OVERDUE, old=OLD, new=None), "n’est pas dépassée"),
        (net(Field.DUE, old=(NEW,), new=(OLD,)), "échéance changée"),
    ],
)
def test_a_correction_says_what_is_true(composer: FrenchComposer, change: NetChange, expected: str) -> None:
    withdrawn = net(change.field, old=change.old, new=change.new, correction=True)
    (part,) = composer.correction(ChangeFacts(subscriber=1, lines=(line("p11", withdrawn),)))
    assert text_of(part).startswith("Correction : je vous avais dit autre chose")
    assert f"correction, {expected}" in text_of(part) or expected in text_of(part)


def test_a_push_says_why_it_came_and_carries_two_buttons(composer: FrenchComposer) -> None:
    (part,) = composer.change(ChangeFacts(subscriber=1, lines=(line(),)))
    assert text_of(part).splitlines()[-1].startswith("Vous recevez ceci parce que vous suivez « ")
    card, stop = part.rows
    assert card[0].data == "c:p11"
    assert [(button.label, button.data) for button in stop] == [("Ne plus suivre", "fx:3"), ("Tout arrêter", "fz")]


def test_a_fact_that_several_subscriptions_reach_names_them_all(composer: FrenchComposer) -> None:
    (part,) = composer.change(ChangeFacts(subscriber=1, lines=(line(reasons=(ONE, ALL)),)))
    assert text_of(part).endswith(" et tous les engagements.")
    assert part.rows[-1][0].data == "fw:3.4"


def test_a_digest_is_grouped_by_orientation_one_line_a_commitment(composer: FrenchComposer) -> None:
    lines = (line("p01", net(), net(Field.DELIBERATION, old=None, new=VOTE)), line("p11"), line("a2-01"))
    (part,) = composer.digest(digest(*lines))
    text = text_of(part)
    assert text.startswith("Votre résumé de la semaine, 24 novembre 2026\n3 engagements ont changé.")
    assert text.index("Orientation 1") < text.index("Orientation 2") and text.count("Orientation 2") == 1
    assert sum(row.startswith("– ") for row in text.splitlines()) == 3
    assert [row[0].data for row in part.rows[:-1]] == ["c:p01", "c:p11", "c:a2-01"]


def test_a_long_digest_is_split_and_loses_no_line(composer: FrenchComposer, catalogue: Catalogue) -> None:
    ordered = sorted(catalogue.commitments, key=lambda each: each.orientation)
    lines = [line(each.id, *[net(Field.MILESTONE, old=None, new=STEP)] * 3, reasons=(ALL,)) for each in ordered]
    parts = composer.digest(digest(*lines, last_checked="2022-06-27"))
    assert len(parts) > 1
    assert [row[0].data for part in parts for row in part.rows[:-1]] == [f"c:{each.id}" for each in ordered]
    for part in parts:
        assert "tous les engagements" in text_of(part) and "vérifié depuis le 27 juin 2022" in text_of(part)
        assert sum(len(row) for row in part.rows) <= 100
        assert all(len((button.data or "").encode()) <= LONGEST_DATA for row in part.rows for button in row)


def test_a_digest_offers_a_picture_under_its_last_message_only(composer: FrenchComposer, catalogue: Catalogue) -> None:
    lines = [line(each.id, reasons=(ALL,)) for each in catalogue.commitments]
    parts = composer.digest(digest(*lines, delivery=12))
    assert len(parts) > 1
    offered = [
        [button.data for row in part.rows for button in row if button.label == "Voir en image"] for part in parts
    ]
    assert offered == [*[[]] * (len(parts) - 1), ["i:12"]]
    assert parts[-1].rows[-1][-1].label == "Tout arrêter"


def test_a_digest_without_any_change_has_no_picture(composer: FrenchComposer) -> None:
    (part,) = composer.digest(digest(states=("p11",), state_reasons=(ALL,), delivery=12))
    assert all(button.label != "Voir en image" for row in part.rows for button in row)


def test_many_changes_of_one_commitment_still_fit(composer: FrenchComposer) -> None:
    step = Milestone(date="2026-05-02", kind="milestone", summary="x" * 5000, source_url="https://example.org/s")
    (part,) = composer.change(
        ChangeFacts(subscriber=1, lines=(line("p11", *[net(Field.MILESTONE, old=None, new=step)] * 40),))
    )
    assert "autres changements (voir la fiche)" in text_of(part)


def test_a_monthly_digest_may_tell_the_state_without_any_change(composer: FrenchComposer) -> None:
    (part,) = composer.digest(digest(frequency=Frequency.MONTH, states=("p11", "a2-01"), state_reasons=(ALL,)))
    assert "Aucun changement." in text_of(part) and "Où en est ce que vous suivez" in text_of(part)
    assert " : en cours" in text_of(part)


def test_many_reasons_are_told_shortly(composer: FrenchComposer, catalogue: Catalogue) -> None:
    reasons = tuple(
        Reason(subscription=100000 + n, target=Target(kind=TargetKind.COMMITMENT, name=each.id))
        for n, each in enumerate(catalogue.commitments)
    )
    (part,) = composer.change(ChangeFacts(subscriber=1, lines=(line(reasons=reasons),)))
    assert text_of(part).endswith(" et 98 autres abonnements.")
    assert part.rows[-1][0].data == "fa:tout"
