from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from icalendar import Calendar, Event

from knowledge.overdue import last_day
from knowledge.site import paths
from knowledge.site.edition import Edition, Material
from knowledge.site.publishing import built
from tests.knowledge.site.conftest import EDITION, URL


def read(content: bytes) -> Calendar:
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    return calendar


def events(content: bytes) -> list[Event]:
    return [each for each in read(content).walk("VEVENT") if isinstance(each, Event)]


@pytest.fixture(scope="session")
def everything(files: dict[str, bytes]) -> list[Event]:
    return events(files[paths.calendar(paths.EVERYTHING)])


def test_each_calendar_is_read_back_without_a_fault(files: dict[str, bytes]) -> None:
    found = [path for path in files if path.startswith("calendrier/")]
    assert len(found) == 1 + 5
    for path in found:
        calendar = read(files[path])
        assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Droit de suite//Echeances//FR")
        assert all(each.errors == [] for each in calendar.walk())
        assert files[path].endswith(b"END:VCALENDAR\r\n")
        assert all(len(line) <= 75 for line in files[path].split(b"\r\n"))
        assert calendar.to_ical() == files[path]


def test_each_due_date_that_ends_is_a_whole_day_the_last_of_its_period(
    everything: list[Event], material: Material
) -> None:
    wanted = sorted(last_day(due.ends) for each in material.catalogue.commitments for due in each.due if due.ends)
    days = [each.decoded("dtstart") for each in everything]
    assert sorted(days) == wanted and all(type(day) is date for day in days)
    assert all(each.decoded("dtend") - each.decoded("dtstart") == timedelta(days=1) for each in everything)


def test_an_event_says_what_is_known(everything: list[Event]) -> None:
    moved, given = (each for each in everything if "« fin 2027 »" in str(each["summary"]).replace("\u00a0", " "))
    assert "Échéance mise à jour depuis le bilan" in str(given["description"])  # where the report gives none
    assert moved.decoded("dtstart") == date(2027, 12, 31)
    assert "Échéance mise à jour depuis le bilan" in str(moved["description"])
    assert "Statut : en cours" in str(moved["description"]).replace("\u00a0", " ")
    assert str(moved["url"]) == f"{URL}/engagements/p11.html"


def test_ids_are_unique_and_stamps_come_from_the_data(everything: list[Event]) -> None:
    ids = [str(each["uid"]) for each in everything]
    assert len(ids) == len(set(ids)) and all(str(UUID(each)) == each for each in ids)
    stamps = {each.decoded("dtstamp") for each in everything}
    assert datetime(2026, 11, 22, 15, 0, tzinfo=UTC) in stamps
    assert all(each <= datetime(2026, 11, 23, tzinfo=UTC) for each in stamps)


def test_orientations_share_out_the_whole(files: dict[str, bytes], everything: list[Event], material: Material) -> None:
    parts = [events(files[paths.calendar(each.id)]) for each in material.catalogue.orientations]
    assert sorted(str(e["uid"]) for its in parts for e in its) == sorted(str(e["uid"]) for e in everything)


def test_without_a_root_events_have_no_address(material: Material) -> None:
    alone = built(material, Edition(today=EDITION.today, timezone=EDITION.timezone))
    assert not any("url" in each for each in events(alone[paths.calendar(paths.EVERYTHING)]))
