from datetime import date
from typing import Any

import pytest

from bot.texts import cards
from bot.texts.markup import plain
from bot.texts.staff.updating import first_status
from knowledge.catalogue import Catalogue
from knowledge.matching.meaning import Aspect
from knowledge.models import Commitment, Origin, Status
from tests.bot.texts.reading import assert_is_a_message
from tests.factories import a_commitment, a_step, a_vote, due, known

TODAY = date(2026, 11, 22)


def shown(commitment: Commitment, catalogue: Catalogue, aspect: Aspect | None = None, today: date = TODAY) -> str:
    text = "\n\n".join(cards.card(commitment, catalogue, today, aspect=aspect))
    return plain(text).replace("\u00a0", " ")


@pytest.mark.parametrize("aspect", [None, *Aspect])
def test_every_card_is_one_message(catalogue: Catalogue, aspect: Aspect | None) -> None:
    for commitment in catalogue.commitments:
        (message,) = cards.card(commitment, catalogue, TODAY, aspect=aspect)
        assert_is_a_message(message)


def test_every_source_is_readable(catalogue: Catalogue) -> None:
    for commitment in catalogue.commitments:
        for message in cards.source(commitment, catalogue):
            assert_is_a_message(message)


def test_a_known_status_stands_with_its_date_and_the_words_it_rests_on(catalogue: Catalogue) -> None:
    text = shown(catalogue.get("p09"), catalogue)
    assert "Réalisé, d'après le texte du bilan du 27 juin 2022 : « est paru en mars 2022 »." in text


def test_an_unknown_status_is_said_to_be_illegible_with_what_the_report_does_say(catalogue: Catalogue) -> None:
    text = shown(a_commitment(info="2023"), catalogue)
    assert "l'icône du statut n'apparaît pas" in text
    assert "Le bilan indique : « 2023 »." in text


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"status_date": "2026-03-12", "status_url": "https://nantes.example/pv?a=1&b=2"},
            "Réalisé, depuis le 12 mars 2026, indiqué par l'équipe. Source : la page qui le montre"
            " (https://nantes.example/pv?a=1&b=2).",
        ),
        (
            {"status_date": "2026-03", "status_evidence": "Procès-verbal <1>"},
            "Réalisé, depuis mars 2026, indiqué par l'équipe, d'après « Procès-verbal <1> ».",
        ),
        (
            {"status_evidence": "Bilan 2025", "status_url": "https://nantes.example/"},
            "Réalisé, indiqué par l'équipe le 2 mars 2026, d'après « Bilan 2025 ». Source : la page qui le"
            " montre (https://nantes.example/).",
        ),
        ({"status": Status.EN_COURS}, "En cours, indiqué par l'équipe le 2 mars 2026."),
    ],
)
def test_a_status_that_staff_recorded_says_so_with_its_date_and_its_proof(
    catalogue: Catalogue, changes: dict[str, Any], line: str
) -> None:
    recorded = {"status": Status.REALISE, "status_source": Origin.STAFF, "status_noted": "2026-03-01T23:30:00+00:00"}
    assert line in shown(a_commitment(**(recorded | changes)), catalogue)


@pytest.mark.parametrize(
    ("today", "changes", "said"),
    [
        (date(2023, 12, 31), {}, "Pour quand, selon le bilan : 2023."),
        (date(2024, 1, 1), {}, "2023 (date passée). Cette date est passée et le statut n'est pas connu."),
        (date(2024, 1, 1), known(Status.EN_COURS, "x"), "Cette date est passée ; le statut connu est celui du 27 juin"),
        (date(2024, 1, 1), known(Status.REALISE, "x"), "2023 (date passée).\n"),
    ],
)
def test_a_due_date_says_whether_it_has_passed(
    catalogue: Catalogue, today: date, changes: dict[str, object], said: str
) -> None:
    commitment = a_commitment(due=(due("2023", "2023", "2023"),), **changes)
    assert said in shown(commitment, catalogue, today=today)


def test_a_due_date_that_was_moved_keeps_the_reports_and_its_slips(catalogue: Catalogue) -> None:
    printed = (due("2023", "2023", "2023"),)
    moved = a_commitment(due=(due("fin 2027", "2027", "2027"),), due_moved=True, replaced_due=printed, slips=1)
    said = "Pour quand, d'après une mise à jour : fin 2027. Selon le bilan : 2023. Échéance repoussée 1 fois."
    assert said in shown(moved, catalogue)


def test_a_due_date_that_only_an_update_gives_is_not_called_the_reports(catalogue: Catalogue) -> None:
    given = a_commitment(due=(due("fin 2027", "2027", "2027"),), due_moved=True)
    said = "Pour quand, d'après une mise à jour : fin 2027. Le bilan ne donne pas de date."
    assert said in shown(given, catalogue) and "selon le bilan" not in shown(given, catalogue)
    assert said in plain(first_status(given, 1, 81, 81, catalogue.document)).replace("\u00a0", " ")


def test_what_never_ends_never_passes(catalogue: Catalogue) -> None:
    commitment = a_commitment(due=(due("à partir de 2023", "2023", None),))
    assert "Pour quand, selon le bilan : à partir de 2023." in shown(commitment, catalogue)


def test_votes_are_dated_and_linked(catalogue: Catalogue) -> None:
    commitment = a_commitment(deliberations=(a_vote("2022-06", "juin 2022", "https://example.org/v?a=1&b=2"),))
    (message,) = cards.card(commitment, catalogue, TODAY)
    assert '<a href="https://example.org/v?a=1&amp;b=2">juin 2022</a>' in message


def test_the_label_of_a_vote_is_kept_when_it_says_more_than_the_date(catalogue: Catalogue) -> None:
    commitment = a_commitment(deliberations=(a_vote("2022-06", "budget primitif"),))
    assert "Délibération du conseil métropolitain : juin 2022 (budget primitif)." in shown(commitment, catalogue)


def test_steps_since_the_report_have_their_date_and_page(catalogue: Catalogue) -> None:
    text = shown(a_commitment(milestones=(a_step("2024-10"),)), catalogue)
    assert "Depuis le bilan :\n– octobre 2024 : Une étape. Voir la page (https://example.org/a?b=1&c=2)" in text


@pytest.mark.parametrize(
    ("aspect", "said"),
    [
        (Aspect.DELIBERATION, "Le bilan ne cite aucune délibération pour cet engagement."),
        (Aspect.DATE, "Pour quand : le bilan ne donne pas de date pour cet engagement."),
        (Aspect.SINCE, "Depuis le bilan : aucune étape publiée n'est connue ici pour cet engagement."),
        (Aspect.STATUS, "Statut non lisible"),
        (Aspect.SOURCE, "Source : « 1 an après la Convention citoyenne de Nantes »"),
        (Aspect.CONTENT, "Ce qui est fait : le bilan n'en dit rien de plus."),
    ],
)
def test_what_was_asked_comes_first_under_the_title_even_when_there_is_nothing(
    catalogue: Catalogue, aspect: Aspect, said: str
) -> None:
    assert shown(a_commitment(info=None), catalogue, aspect).split("\n\n")[1].startswith(said)


def test_a_vote_since_the_report_is_told_to_whoever_asks_for_votes(catalogue: Catalogue) -> None:
    text = shown(a_commitment(milestones=(a_step("2023-02-10", "deliberation"),)), catalogue, Aspect.DELIBERATION)
    first = text.split("\n\n")[1]
    assert first.endswith("Depuis le bilan : 10 février 2023 (voir plus bas).")


def test_an_old_check_is_told_as_such(catalogue: Catalogue) -> None:
    assert "pas d'information plus récente sur le statut" in shown(a_commitment(), catalogue)
    recent = a_commitment(checked_at="2026-10-01")
    assert "Vérifié le 1er octobre 2026." in shown(recent, catalogue)


def test_acronyms_of_the_card_are_explained_and_no_others(catalogue: Catalogue) -> None:
    text = shown(a_commitment(title="Les OFS et le CISPD"), catalogue)
    assert "CISPD : Conseil intercommunal" in text
    assert "Mots expliqués" not in shown(a_commitment(title="Planter", info=None), catalogue)


def test_values_are_escaped(catalogue: Catalogue) -> None:
    (message,) = cards.card(a_commitment(title="<b>A & B</b>", info="<i>", note="<a>"), catalogue, TODAY)
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in message and "<i>" not in message and "<a>" not in message
    assert_is_a_message(message)


def test_a_caveat_is_shown(catalogue: Catalogue) -> None:
    assert "À noter : Le bilan cite deux dates" in shown(catalogue.get("p22"), catalogue)
