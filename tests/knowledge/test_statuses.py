"""What the real data say of statuses, votes and what came since."""

from collections import Counter

from knowledge import datafiles
from knowledge.catalogue import Catalogue
from knowledge.matching.wording import words
from knowledge.models import Commitment, Origin, Status


def test_only_what_the_words_of_the_report_say_is_known(catalogue: Catalogue) -> None:
    counted = Counter(commitment.status for commitment in catalogue.commitments)
    assert counted == {Status.REALISE: 4, Status.EN_COURS: 17, None: 81}


def test_a_status_travels_with_its_source_and_its_words(catalogue: Catalogue) -> None:
    for commitment in catalogue.commitments:
        assert (commitment.status is None) == (commitment.status_evidence is None), commitment.id
        assert commitment.status_source is (Origin.REPORT if commitment.status else None), commitment.id
        assert plain(commitment.status_evidence or "") in plain(commitment.wording), commitment.id


def test_fourteen_commitments_have_a_vote_of_the_report(catalogue: Catalogue) -> None:
    voted = [commitment for commitment in catalogue.commitments if commitment.deliberations]
    assert len(voted) == 14
    assert all(vote.source is Origin.REPORT for commitment in voted for vote in commitment.deliberations)
    assert all(vote.date <= commitment.as_of for commitment in voted for vote in commitment.deliberations)


def test_milestones_are_those_of_the_data_and_later_than_the_report(catalogue: Catalogue) -> None:
    written = {(m.id, m.date, m.kind, m.summary, m.source_url) for m in datafiles.read().milestones}
    held = {
        (commitment.id, step.date, step.kind, step.summary, step.source_url)
        for commitment in catalogue.commitments
        for step in commitment.milestones
    }
    assert held == written and held
    assert all(date >= catalogue.document.date[: len(date)] for _, date, _, _, _ in held)


def test_a_milestone_never_makes_a_status(catalogue: Catalogue) -> None:
    assert any(commitment.milestones and commitment.status is None for commitment in catalogue.commitments)


def test_everything_is_dated_by_the_report(catalogue: Catalogue) -> None:
    dates = {(c.as_of, c.checked_at) for c in catalogue.commitments}
    assert dates == {(catalogue.document.date, catalogue.document.date)} == {("2022-06-27", "2022-06-27")}


def test_summaries_are_for_the_priority_projects_and_short(catalogue: Catalogue) -> None:
    summed_up = [c for c in catalogue.commitments if c.summary]
    assert [c.number for c in summed_up] == list(range(1, 29))
    assert all(len(c.summary or "") <= 600 for c in summed_up)


def test_due_dates_are_ordered_and_labelled(catalogue: Catalogue) -> None:
    for commitment in catalogue.commitments:
        for due in commitment.due:
            assert due.label and (due.starts is None or due.ends is None or due.starts <= due.ends), commitment.id


def test_the_contradictions_of_the_report_are_kept(catalogue: Catalogue) -> None:
    assert all(caveat(catalogue.get(key)) for key in ("p06", "p22"))


def caveat(commitment: Commitment) -> str:
    return commitment.caveat or ""


def plain(text: str) -> str:
    return " ".join(words(text))
