"""What pictures show: true, complete, and the same in words."""

import re
from collections import Counter
from dataclasses import asdict, replace
from datetime import timedelta

import pytest

from bot.pictures.moves import moves
from bot.pictures.report import report, report_sheet
from bot.pictures.sheets import BarsSheet, MovesSheet, Pattern
from bot.pictures.timeline import events, timeline, timeline_sheet
from bot.texts.markup import plain, units
from knowledge.catalogue import Catalogue
from knowledge.models import Commitment, Status
from tests.bot.pictures.sheets import CHANGES, STATUS, TODAY, a_digest, a_line, every_kind, picture_of
from tests.bot.texts.reading import assert_is_a_message

LONGEST_CAPTION = 1024


def told(text: str) -> str:
    return plain(text).replace("\u00a0", " ")


def with_status(catalogue: Catalogue, status: Status, many: int) -> Catalogue:
    """The base once staff have set a status here and there."""
    changed: list[Commitment] = [
        replace(each, status=status) if place < many else each for place, each in enumerate(catalogue.commitments)
    ]
    return replace(catalogue, commitments=tuple(changed))


def test_the_report_is_drawn_as_it_says_and_beside_it_what_is_known(catalogue: Catalogue) -> None:
    said, known, orientations = report_sheet(catalogue, TODAY).sections
    assert [share.count for share in said.bars[0].shares] == [29, 59, 14]
    assert [share.count for share in known.bars[0].shares] == [4, 17, 81]
    assert [bar.total for bar in orientations.bars] == [12, 24, 25, 30, 11]
    assert said.bars[0].total == known.bars[0].total == 102


def test_a_status_that_staff_set_moves_what_is_known_and_not_what_the_report_says(catalogue: Catalogue) -> None:
    before = report_sheet(catalogue, TODAY)
    after = report_sheet(with_status(catalogue, Status.A_OUVRIR, 30), TODAY)
    assert after.sections[0] == before.sections[0]
    assert {share.pattern: share.count for share in after.sections[1].bars[0].shares}[Pattern.TO_OPEN] == 30
    for section in after.sections[1:]:
        assert sum(bar.total for bar in section.bars) == 102


def test_no_share_is_invented_and_none_is_given_as_a_percentage(catalogue: Catalogue) -> None:
    for reply in every_kind(catalogue):
        assert "%" not in reply.text + picture_of(reply).description


def test_a_picture_says_of_which_day_it_is(catalogue: Catalogue) -> None:
    for reply in every_kind(catalogue)[:2]:
        dated = picture_of(reply).sheet.heading.dated.replace("\u00a0", " ")
        assert dated == "D'après le bilan du 27 juin 2022 et les mises à jour jusqu'au 22 novembre 2026"


@pytest.mark.parametrize("kind", range(3))
def test_the_description_names_every_figure_that_is_drawn(catalogue: Catalogue, kind: int) -> None:
    picture = picture_of(every_kind(catalogue)[kind])
    named = Counter(re.findall(r"\d+", picture.description))
    drawn = Counter(str(figure) for figure in _figures(asdict(picture.sheet)))
    assert not {figure: many for figure, many in drawn.items() if named[figure] < many}


def _figures(value: object) -> list[int]:
    """Every count of a sheet; a month's number is told by its name, a count of none is not drawn."""
    if isinstance(value, dict):
        return [figure for key, each in value.items() if key != "number" for figure in _figures(each)]
    if isinstance(value, list | tuple):
        return [figure for each in value for figure in _figures(each)]
    return [value] if isinstance(value, int) and value else []


def test_a_caption_is_a_message_that_fits_and_stands_alone(catalogue: Catalogue) -> None:
    for reply in every_kind(catalogue):
        assert_is_a_message(reply.text)
        assert units(reply.text) <= LONGEST_CAPTION
        assert re.search(r"\d", reply.text)


def test_the_first_caption_gives_the_totals_in_words(catalogue: Catalogue) -> None:
    text = told(report(catalogue, TODAY).text)
    assert "Le bilan du 27 juin 2022 compte 29 engagements réalisés, 59 en cours et 14 à ouvrir." in text
    assert "4 réalisés, 17 en cours, 81 au statut non lisible" in text


def test_the_timeline_holds_every_vote_and_every_step_once(catalogue: Catalogue) -> None:
    sheet = timeline_sheet(events(catalogue), catalogue, TODAY)
    votes = sum(len(each.deliberations) for each in catalogue.commitments)
    later = [step.kind for each in catalogue.commitments for step in each.milestones]
    assert sum(year.votes for year in sheet.years) == votes + later.count("deliberation")
    assert sum(year.steps for year in sheet.years) == later.count("milestone")
    assert [year.name for year in sheet.years] == [str(year) for year in range(2020, 2027)]


def test_the_timeline_is_told_date_by_date_too(catalogue: Catalogue) -> None:
    _, *texts = timeline(catalogue, TODAY, ())
    lines = [line for reply in texts for line in told(reply.text).splitlines() if line.startswith("– ")]
    assert len(lines) == len(events(catalogue))
    assert lines[0].startswith("– 20 février 2020, délibération : ")
    for reply in texts:
        assert_is_a_message(reply.text)


def test_a_year_is_all_that_is_known_of_some_votes(catalogue: Catalogue) -> None:
    first = events(catalogue)[0]
    sheet = timeline_sheet([replace(first, date="2025")], catalogue, TODAY)
    (year,) = sheet.years
    assert [(month.number, month.votes) for month in year.months] == [(0, 1)]


def test_nothing_noted_yet_is_a_timeline_too(catalogue: Catalogue) -> None:
    sheet = timeline_sheet([], catalogue, TODAY)
    assert [(year.name, year.months) for year in sheet.years] == [("2026", ())]


def test_what_moved_shows_a_few_commitments_and_counts_the_others(catalogue: Catalogue) -> None:
    lines = [a_line(each.id, *CHANGES) for each in catalogue.commitments[:9]]
    reply = moves(a_digest(*lines), catalogue)
    sheet = picture_of(reply).sheet
    assert isinstance(sheet, MovesSheet)
    assert len(sheet.rows) == 5 and sheet.more == "et 4 engagements de plus, dans le texte du résumé"
    assert all(row.more == "et 1 autre changement" for row in sheet.rows)
    assert "9 engagements parmi ceux que vous suivez" in told(reply.text)


def test_what_moved_says_both_ends_of_a_status(catalogue: Catalogue) -> None:
    reply = moves(a_digest(a_line("p11", STATUS, replace(STATUS, old=None, correction=True))), catalogue)
    assert "statut : en cours → réalisé ; correction, statut : non lisible → réalisé" in told(reply.text)


def test_another_day_or_another_status_is_another_picture(catalogue: Catalogue) -> None:
    sheets: set[BarsSheet] = {
        report_sheet(catalogue, TODAY),
        report_sheet(catalogue, TODAY + timedelta(days=1)),
        report_sheet(with_status(catalogue, Status.REALISE, 40), TODAY),
    }
    assert len(sheets) == 3
    assert report_sheet(catalogue, TODAY) in sheets
