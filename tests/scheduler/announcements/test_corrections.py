"""Calling back a mistake: the same two people, every message that is known, and one note."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from scheduler.announcements.errors import (
    CorrectionUnderWayError,
    FixedPartError,
    ForbiddenActError,
    NothingToCorrectError,
    SamePersonError,
    StillLeavingError,
    UntestedError,
)
from scheduler.announcements.records import Announcement, Purpose
from scheduler.announcements.states import State
from scheduler.bodies import part_of
from scheduler.facts import Audience, AudienceKind
from scheduler.outbox import Kind
from scheduler.outbox import State as Delivered
from scheduler.ports import Media, MediaKind
from tests.scheduler.announcements.office import Office


def corrected(office: Office, found: Announcement, html: str = "Texte juste") -> Announcement:
    return office.corrections.begin(office.order(found, office.bruno), html)


def rows(office: Office, found: Announcement) -> list[dict[str, object]]:
    return list(office.base.read().query("SELECT * FROM outbox WHERE ref = ? ORDER BY subscriber", [found.ref]))


def text(office: Office, row: dict[str, object]) -> str:
    ((body,),) = office.base.read().execute("SELECT body FROM shared_bodies WHERE name = ?", [row["body"]])
    return part_of(body).text


def test_everybody_who_received_it_has_their_message_edited(office: Office) -> None:
    office.public(4)
    found = office.launched()
    office.settle(found, Delivered.SENT, 2)
    office.settle(found, Delivered.FAILED, 1, "blocked")
    office.settle(found, Delivered.CANCELLED)
    office.step()
    sent = {row["subscriber"]: row["message_id"] for row in rows(office, found) if row["state"] == "sent"}
    correction = office.launched(corrected(office, found))
    assert {row["subscriber"]: row["edits"] for row in rows(office, correction)} == sent
    assert {row["kind"] for row in rows(office, correction)} == {Kind.CORRECTION}
    assert text(office, rows(office, correction)[0]) == "corrigé : Texte juste"
    assert correction.reach == 2


def test_who_perhaps_received_it_gets_the_new_text_as_a_message(office: Office) -> None:
    office.public(3)
    found = office.launched()
    office.settle(found, Delivered.UNCERTAIN, 1, "ReadTimeout")
    office.settle(found, Delivered.SENT)
    office.step()
    first, *others = rows(office, office.launched(corrected(office, found)))
    assert (first["kind"], first["edits"], text(office, first)) == (Kind.ANNOUNCEMENT, None, "à la place : Texte juste")
    assert all(row["edits"] for row in others)


def test_a_second_correction_changes_the_same_messages(office: Office) -> None:
    office.public(3)
    found = office.launched()
    office.settle(found, Delivered.UNCERTAIN, 2, "ReadTimeout")
    office.settle(found, Delivered.SENT)
    office.step()
    first = office.done(corrected(office, found, "Presque juste"))
    second = office.launched(corrected(office, first))
    assert second.of == found.id
    known = {
        row["subscriber"]: row["message_id"]
        for row in (*rows(office, first), *rows(office, found))
        if row["state"] == "sent" and row["edits"] is None
    }
    assert len(known) == 3 and {row["subscriber"]: row["edits"] for row in rows(office, second)} == known


def test_it_passes_through_two_people_as_well(office: Office) -> None:
    office.public(1)
    correction = corrected(office, office.done())
    with pytest.raises(ForbiddenActError):
        office.runs.launch(office.order(correction, office.bruno))
    with pytest.raises(UntestedError):
        office.approvals.submit(office.order(correction, office.bruno))
    office.submitted(correction, by=office.valerie)
    with pytest.raises(SamePersonError):
        office.approvals.approve(office.order(correction, office.valerie))
    assert office.approvals.approve(office.order(correction, office.vincent)).state is State.APPROVED


def test_what_still_waits_or_failed_leaves_with_the_right_text(office: Office) -> None:
    office.public(4)
    found = office.launched()
    office.settle(found, Delivered.SENT, 1)
    office.settle(found, Delivered.FAILED, 1, "Internal")
    correction = corrected(office, office.runs.pause(office.order(found, office.bruno)))
    correction = office.launched(correction)
    waiting = [row for row in rows(office, found) if row["state"] in ("pending", "failed")]
    assert [text(office, row) for row in waiting] == ["Texte juste"] * 3
    office.settle(correction, Delivered.SENT)
    office.step()
    assert office.drafts.get(correction.id).state is State.DONE
    office.runs.resume(office.order(found, office.bruno))
    office.settle(found, Delivered.SENT)
    assert len(rows(office, correction)) == 1  # they have the right text already


def test_calls_under_way_when_it_starts_are_corrected_once_they_end(office: Office) -> None:
    office.public(3)
    found = office.launched()
    office.settle(found, Delivered.SENT, 1)
    with office.base.write() as db:
        db.execute(
            "UPDATE outbox SET state = 'sending' WHERE id = (SELECT max(id) FROM outbox WHERE ref = ?)", [found.ref]
        )
    correction = office.launched(corrected(office, office.runs.cancel(office.order(found, office.bruno))))
    office.settle(correction, Delivered.SENT)
    office.step()
    assert office.drafts.get(correction.id).state is State.RUNNING
    with office.base.write() as db:
        db.execute("UPDATE outbox SET state = 'sent', message_id = 77 WHERE state = 'sending'")
    office.step()
    assert sorted(row["edits"] == 77 for row in rows(office, correction)) == [False, True]
    office.settle(correction, Delivered.SENT)
    office.step()
    done = office.drafts.get(correction.id)
    assert (done.state, done.reach) == (State.DONE, 2)


def test_a_running_announcement_is_paused_first(office: Office) -> None:
    office.public(2)
    found = office.launched()
    with pytest.raises(ForbiddenActError):
        corrected(office, found)
    office.settle(found, Delivered.SENT, 1)
    correction = office.approved(corrected(office, office.runs.pause(office.order(found, office.bruno))))
    office.runs.resume(office.order(found, office.bruno))
    with pytest.raises(StillLeavingError):
        office.runs.launch(office.order(correction, office.bruno))


def test_nothing_to_correct(office: Office) -> None:
    office.public(1)
    dropped = office.runs.cancel(office.order(office.written(), office.bruno))
    with pytest.raises(NothingToCorrectError):
        corrected(office, dropped)
    found = office.done()
    office.now += timedelta(days=29)
    with pytest.raises(NothingToCorrectError):
        corrected(office, found)


def test_one_correction_at_a_time(office: Office) -> None:
    office.public(1)
    found = office.done()
    first = corrected(office, found)
    with pytest.raises(CorrectionUnderWayError) as met:
        corrected(office, found)
    assert met.value.other == first.id
    office.runs.cancel(office.order(first, office.bruno))
    corrected(office, found)


def test_only_the_words_of_a_correction_are_new(office: Office) -> None:
    office.public(1)
    photo = Media(kind=MediaKind.PHOTO, file_id="a1")
    written = office.written()
    office.drafts.set_media(office.order(written, office.bruno), photo)
    correction = corrected(office, office.done(written))
    assert correction.media == photo and correction.audience.kind is AudienceKind.RECIPIENTS
    acts: tuple[Callable[[], object], ...] = (
        lambda: office.drafts.set_media(office.order(correction, office.bruno), None),
        lambda: office.drafts.set_text(office.order(correction, office.bruno), "a", photo),
        lambda: office.drafts.set_audience(office.order(correction, office.bruno), Audience(kind=AudienceKind.ALL)),
    )
    for act in acts:
        with pytest.raises(FixedPartError):
            act()


def test_one_note_to_those_whose_message_changed(office: Office) -> None:
    people = office.public(3)
    found = office.launched()
    office.settle(found, Delivered.UNCERTAIN, 1, "ReadTimeout")
    office.settle(found, Delivered.SENT)
    office.step()
    with pytest.raises(NothingToCorrectError):
        office.corrections.add_note(office.order(found, office.bruno), "Nous avons corrigé")
    correction = office.done(corrected(office, found))
    note = office.corrections.add_note(office.order(correction, office.bruno), "Nous avons corrigé")
    assert note.purpose is Purpose.NOTE
    with pytest.raises(CorrectionUnderWayError):
        office.corrections.add_note(office.order(correction, office.bruno), "Encore")
    launched = office.launched(note)
    assert [row["subscriber"] for row in rows(office, launched)] == people[1:]
    again = office.done(corrected(office, correction, "Encore plus juste"))
    with pytest.raises(CorrectionUnderWayError):
        office.corrections.add_note(office.order(again, office.bruno), "Une deuxième fois")


def test_before_and_after_stay_in_the_record(office: Office) -> None:
    office.public(1)
    found = office.done()
    first = office.done(corrected(office, found, "Deux"))
    corrected(office, first, "Trois")
    told = [(what["before"], what["after"]) for kind, _, what in office.record() if kind == "correct"]
    assert told == [("Bonjour à tous", "Deux"), ("Deux", "Trois")]
