"""Each kind of meaning, shown; whatever the matching would make of a question."""

import pytest

from bot.conversation.answers import answer
from bot.replies import Turn
from bot.texts.markup import plain
from knowledge.catalogue import Catalogue
from knowledge.matching.filters import Filter
from knowledge.matching.meaning import Aspect, Meaning, Menu, Outcome
from knowledge.models import Kind, Refusal, Status
from tests.bot.conftest import NOW


def said(turn: Turn) -> str:
    return "\n\n".join(plain(reply.text) for reply in turn.replies).replace("\u00a0", " ")


def shown(catalogue: Catalogue, outcome: Outcome, **of: object) -> Turn:
    return answer(Meaning(outcome=outcome, **of), catalogue, NOW.date())  # type: ignore[arg-type]


def data(turn: Turn) -> list[str | None]:
    return [button.data for button in turn.replies[-1].buttons]


def test_further_commitments_are_offered_under_the_first(catalogue: Catalogue) -> None:
    turn = shown(catalogue, Outcome.ANSWER, commitments=("p25", "a3-11", "p24"), aspect=Aspect.DATE)
    assert "\n\nPour quand, selon le bilan : automne 2022 (date passée)." in said(turn)
    assert data(turn) == ["c:a3-11", "c:p24", "o:o5", "s:p25", "h:p25", "n:p25"]
    assert turn.replies[-1].buttons[0].label.replace("\u00a0", " ").startswith("Voir aussi : Inscrire")


def test_choices_are_at_most_five_and_a_way_out(catalogue: Catalogue) -> None:
    turn = shown(catalogue, Outcome.CHOICES, commitments=("p01", "p02", "p03", "p04", "p05", "p06"))
    assert data(turn) == ["c:p01", "c:p02", "c:p03", "c:p04", "c:p05", "z"]
    assert "5. La lutte contre les violences" in said(turn) and "6. " not in said(turn)


def test_a_total_of_the_report_is_told_with_what_is_known_today(catalogue: Catalogue) -> None:
    turn = shown(catalogue, Outcome.COUNT, number=29, fact="realises-29", filters=Filter(status=Status.REALISE))
    assert "29 engagements sur 102" in said(turn) and "4 réalisés" in said(turn) and "27 juin 2022" in said(turn)
    assert data(turn) == ["l:sr"]


def test_a_figure_about_the_convention_is_a_fact(catalogue: Catalogue) -> None:
    turn = shown(catalogue, Outcome.COUNT, number=80, fact="convention-nombre-citoyens")
    assert "80 citoyens" in said(turn) and "statut" not in said(turn)


def test_a_count_of_what_fits(catalogue: Catalogue) -> None:
    fitting = tuple(each.id for each in catalogue.commitments if each.kind is Kind.PRIORITY)
    turn = shown(catalogue, Outcome.COUNT, number=28, commitments=fitting, filters=Filter(kind=Kind.PRIORITY))
    assert said(turn).startswith("28 engagements : chantiers prioritaires.")
    assert "sur 28 engagements" in said(turn) and data(turn) == ["l:kp"]


def test_a_figure_that_differs_from_what_can_be_counted_is_the_reports(catalogue: Catalogue) -> None:
    turn = shown(catalogue, Outcome.COUNT, number=59, filters=Filter(status=Status.EN_COURS))
    assert said(turn).startswith("D'après le bilan du 27 juin 2022 : 59 engagements, statut « en cours ».")


@pytest.mark.parametrize(("menu", "most"), [(Menu.HELLO, 11), (Menu.HELP, 11), (Menu.THANKS, 1), (Menu.GOODBYE, 1)])
def test_whoever_leaves_gets_a_short_menu(catalogue: Catalogue, menu: Menu, most: int) -> None:
    assert len(data(shown(catalogue, Outcome.MENU, menu=menu))) == most


@pytest.mark.parametrize(
    ("reason", "offered"), [(Refusal.NEAR_MISS, True), (Refusal.EMERGENCY, False), (Refusal.ABUSE, False)]
)
def test_suggestions_are_shown_where_they_help(catalogue: Catalogue, reason: Refusal, offered: bool) -> None:
    turn = shown(catalogue, Outcome.REFUSAL, reason=reason, suggestions=("p01", "p02"))
    assert (data(turn) == ["c:p01", "c:p02", "z"]) is offered


def test_a_short_list_has_one_page_and_a_long_one_leads_to_all(catalogue: Catalogue) -> None:
    everything = tuple(each.id for each in catalogue.commitments)
    short = shown(catalogue, Outcome.LIST, commitments=("p09", "p21"), filters=Filter(status=Status.REALISE))
    long = shown(catalogue, Outcome.LIST, commitments=everything)
    assert "Page" not in said(short)
    assert "Page 1 sur 13" in said(long) and "l:tout:13" in data(long)
    assert long.whole is not None and "\n102. " in long.whole
