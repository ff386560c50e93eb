"""Sentences outside cards: refusals, menus, facts, who runs the bot."""

import pytest

from bot.texts import about, browse, counts, facts, failures, lists, menus, refusals, registered
from bot.texts.markup import plain
from knowledge.catalogue import Catalogue
from knowledge.matching.filters import Filter
from knowledge.matching.meaning import Menu
from knowledge.measured import Measured
from knowledge.models import Kind, Refusal, Status, TagKind
from tests.bot.texts.reading import assert_is_a_message


@pytest.mark.parametrize("reason", Refusal)
def test_every_refusal_has_its_sentence_and_its_next_step(catalogue: Catalogue, reason: Refusal) -> None:
    (message,) = refusals.refusal(reason, catalogue, suggestions=())
    assert_is_a_message(message)
    assert "\n\n" in message


def test_no_two_refusals_say_the_same(catalogue: Catalogue) -> None:
    said = {refusals.refusal(reason, catalogue, suggestions=()) for reason in Refusal}
    assert len(said) == len(Refusal)


def test_an_emergency_gets_the_numbers_and_no_advice(catalogue: Catalogue) -> None:
    (message,) = refusals.refusal(Refusal.EMERGENCY, catalogue, suggestions=())
    for number in ("15", "17", "18", "112", "114", "115", "3919"):
        assert f"– {number}\u00a0:" in message


def test_a_near_miss_says_it_is_none_of_them_and_offers_the_nearest(catalogue: Catalogue) -> None:
    (message,) = refusals.refusal(Refusal.NEAR_MISS, catalogue, suggestions=("Planter <b>",))
    assert "n'est pas un des 102 engagements" in message
    assert "1. Planter &lt;b&gt;" in message


@pytest.mark.parametrize("menu", [*Menu, None])
def test_courtesies(catalogue: Catalogue, menu: Menu | None) -> None:
    for message in menus.courtesy(menu, catalogue):
        assert_is_a_message(message)


def test_start_says_first_that_it_is_a_robot(catalogue: Catalogue) -> None:
    (message,) = menus.start(catalogue, "Association X", official=False)
    assert message.splitlines()[0] == "Je suis un robot."
    assert "<b>Association X</b>. Ce n'est pas un service officiel de Nantes Métropole." in message


def test_start_does_not_deny_being_official_when_it_is(catalogue: Catalogue) -> None:
    (message,) = menus.start(catalogue, "Nantes Métropole", official=True)
    assert "officiel" not in message


def test_privacy_is_built_from_the_settings() -> None:
    (message,) = about.privacy("Association <X>", "dpo@example.org")
    assert_is_a_message(message)
    assert "Association &lt;X&gt;" in message and "dpo@example.org" in message
    for needed in ("Telegram", "Union européenne", "CNIL", "30 minutes", "effacement"):
        assert needed in message


def test_a_trial_promises_nothing_in_the_name_of_an_operator(catalogue: Catalogue) -> None:
    for message in (*about.privacy(None, None), *about.about(catalogue, None, None, Measured.load(), official=False)):
        assert_is_a_message(message)
        assert "Contact" not in message


def test_every_fact_is_told_with_its_source(catalogue: Catalogue) -> None:
    for fact in catalogue.facts:
        messages = facts.fact(fact, catalogue.document)
        assert all(plain(message) for message in messages)
        assert ("Source" in messages[-1]) == bool(fact.pages)


@pytest.mark.parametrize(
    ("pages", "said"),
    [((6,), "page 6"), ((6, 7), "pages 6 et 7"), ((1, 4, 5, 6, 7), "pages 1, 4 à 7"), ((2, 3, 14), "pages 2 et 3, 14")],
)
def test_pages_are_told_shortly(catalogue: Catalogue, pages: tuple[int, ...], said: str) -> None:
    assert facts.printed_in(catalogue.document, pages).endswith(said)


def test_a_filter_is_named_in_words(catalogue: Catalogue) -> None:
    place = next(tag for tag in catalogue.tags if tag.kind is TagKind.PLACE)
    wanted = Filter(
        orientation="o2", status=Status.EN_COURS, kind=Kind.PRIORITY, due="2023", voted="2022-06", tags=(place,)
    )
    assert plain(lists.header(wanted, catalogue, 2)).replace("\u00a0", " ") == (
        "2 engagements : chantiers prioritaires, statut « en cours », orientation 2"
        " (« Une métropole du bien habiter ensemble, écologique et résiliente »), échéance en 2023,"
        f" délibération en juin 2022, lieu « {place.name} »."
    )


def test_a_season_is_named_as_the_report_prints_it(catalogue: Catalogue) -> None:
    assert "échéance : été 2022." in lists.header(Filter(due="ete 2022"), catalogue, 2).replace("\u00a0", " ")


def test_a_total_of_the_report_stands_beside_what_is_known_today(catalogue: Catalogue) -> None:
    done = [each for each in catalogue.commitments if each.status is Status.REALISE]
    fact = next(fact for fact in catalogue.facts if fact.total == "realise")
    text = "\n".join(counts.count(29, Filter(status=Status.REALISE), done, catalogue.commitments, catalogue, fact))
    assert "29" in text and "27 juin 2022" in text
    assert "4 réalisés, 17 en cours, 81 au statut non lisible" in text


def test_the_statuses_of_the_report_sum_to_all(catalogue: Catalogue) -> None:
    (message,) = browse.report((), catalogue)
    counted = [
        int(line.split(" : ")[1].split()[0])
        for line in plain(message).replace("\u00a0", " ").splitlines()
        if line.startswith("– Orientation")
    ]
    assert sum(counted) == len(catalogue.commitments) == 102


@pytest.mark.parametrize(
    "message",
    [
        failures.unknown_commitment("p99<b>"),
        failures.unknown_command("x" * 500),
        failures.unknown_words("statuts", "<b>" * 200),
        failures.needs_no_words("bilan"),
        failures.stale_button(),
        failures.text_only(),
        failures.no_such_link(),
        lists.nothing_found("<i>"),
        lists.search_for_what(),
    ],
)
def test_failures_are_messages(message: str) -> None:
    assert_is_a_message(message)


def test_what_telegram_shows_of_the_bot_keeps_its_limits() -> None:
    assert len(registered.description("x" * 1000)) <= 512
    assert len(registered.SHORT_DESCRIPTION) <= 120
    assert all(len(what) <= 256 for _, what in registered.COMMANDS)
    assert len(registered.GROUP_COMMANDS) < len(registered.COMMANDS)
