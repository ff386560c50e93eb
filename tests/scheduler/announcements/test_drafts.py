"""What a draft may say, and when it may start."""

from datetime import date, datetime, time, timedelta

import pytest

from scheduler.announcements.errors import (
    ApprovedTooEarlyError,
    EmptyTextError,
    PastTimeError,
    SkippedTimeError,
    TextTooLongError,
)
from scheduler.announcements.states import State
from scheduler.outbox import State as Delivered
from scheduler.ports import Media, MediaKind
from tests.scheduler.announcements.office import Office
from tests.scheduler.naive import PARIS

PHOTO = Media(kind=MediaKind.PHOTO, file_id="a1")


class TestTexts:
    @pytest.mark.parametrize("html", ["", "  \n", "<b> </b>"])
    def test_nothing_is_refused(self, office: Office, html: str) -> None:
        with pytest.raises(EmptyTextError):
            office.written(html)
        assert office.drafts.list_recent() == ()

    def test_the_limit_counts_what_is_read_in_utf_16(self, office: Office) -> None:
        office.written("<b>" + "é" * 4096 + "</b>")
        office.written("&amp;" * 4096)
        with pytest.raises(TextTooLongError) as met:
            office.written("😀" * 2048 + "a")
        assert (met.value.length, met.value.most, met.value.with_media) == (4097, 4096, False)

    def test_a_caption_is_shorter(self, office: Office) -> None:
        found = office.written("a" * 1025)
        with pytest.raises(TextTooLongError) as met:
            office.drafts.set_media(office.order(found, office.bruno), PHOTO)
        assert met.value.most == 1024 and office.drafts.get(found.id) == found
        office.drafts.set_text(office.order(found, office.bruno), "a" * 1024, PHOTO)
        assert office.drafts.get(found.id).media == PHOTO
        office.drafts.set_media(office.order(found, office.bruno), None)
        assert office.drafts.get(found.id).media is None


class TestHours:
    def test_the_past_is_refused(self, office: Office) -> None:
        with pytest.raises(PastTimeError):
            office.at(office.written(), minutes=0)

    def test_an_hour_that_the_clock_skips_is_refused(self, office: Office) -> None:
        found = office.written()
        with pytest.raises(SkippedTimeError) as met:
            office.drafts.set_start(office.order(found, office.bruno), (date(2027, 3, 28), time(2, 30)))
        assert met.value.resumes == datetime(2027, 3, 28, 3, 0, tzinfo=PARIS)
        assert office.drafts.get(found.id) == found

    def test_of_an_hour_that_comes_twice_the_first_is_meant(self, office: Office) -> None:
        found = office.written()
        set_ = office.drafts.set_start(office.order(found, office.bruno), (date(2027, 10, 31), time(2, 30)))
        assert set_.starts_at is not None and set_.starts_at.isoformat() == "2027-10-31T00:30:00+00:00"

    def test_it_starts_at_its_hour_once(self, office: Office) -> None:
        office.public(2)
        found = office.approved(office.at(office.written(), hours=2))
        assert found.state is State.SCHEDULED
        office.step(hours=1, minutes=59)
        assert office.drafts.get(found.id).state is State.SCHEDULED
        office.step(minutes=1)
        office.step()
        started = office.drafts.get(found.id)
        assert (started.state, started.launched_by, started.reach) == (State.RUNNING, office.valerie.member, 2)
        assert office.outbox.counts(found.ref)[Delivered.PENDING] == 2

    def test_an_hour_that_was_missed_waits_for_somebody(self, office: Office) -> None:
        office.public(1)
        found = office.approved(office.at(office.written(), hours=2))
        office.step(hours=3, minutes=1)
        assert office.drafts.get(found.id).state is State.APPROVED
        assert office.notices_to(office.bruno)[-1] == f"arrêt : {found.id} approved PastTime"
        assert office.runs.launch(office.order(found, office.bruno)).state is State.RUNNING

    def test_an_approval_that_would_be_over_by_then(self, office: Office) -> None:
        found = office.submitted(office.at(office.written(), hours=80))
        with pytest.raises(ApprovedTooEarlyError) as met:
            office.approvals.approve(office.order(found, office.valerie))
        assert met.value.earliest == office.now + timedelta(hours=8)
        office.now += timedelta(hours=8)
        assert office.approvals.approve(office.order(found, office.valerie)).state is State.SCHEDULED
