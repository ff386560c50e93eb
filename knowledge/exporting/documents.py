"""The base as JSON, of which other programs rely on every key and its order."""

import json
from typing import Any

from knowledge.catalogue import Catalogue
from knowledge.models import Commitment, Deliberation, Document, DueDate, Milestone, Orientation


def as_json(catalogue: Catalogue) -> str:
    """The whole document, indented, with a line's end."""
    return json.dumps(as_document(catalogue), ensure_ascii=False, indent=2) + "\n"


def as_document(catalogue: Catalogue) -> dict[str, Any]:
    """The report, its orientations and every commitment in document order."""
    return {
        "document": _document(catalogue.document),
        "orientations": [_orientation(each) for each in catalogue.orientations],
        "commitments": [as_entry(each, catalogue.document) for each in catalogue.commitments],
    }


def as_entry(commitment: Commitment, document: Document) -> dict[str, Any]:
    """One commitment."""
    return {
        "id": commitment.id,
        "kind": commitment.kind.value,
        "number": commitment.number,
        "orientation": commitment.orientation,
        "title": commitment.title,
        "summary": commitment.summary,
        "info": commitment.info,
        "status": commitment.status and commitment.status.value,
        "status_source": commitment.status_source and commitment.status_source.value,
        "status_evidence": commitment.status_evidence,
        "deliberations": [_vote(each) for each in commitment.deliberations],
        "milestones": [_step(each) for each in commitment.milestones],
        "due": [_due(each) for each in commitment.due],
        "as_of": commitment.as_of,
        "checked_at": commitment.checked_at,
        "note": commitment.note,
        "source": {"document": document.title, "pages": list(commitment.pages)},
        "updated_at": commitment.updated_at,
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "publisher": document.publisher,
        "date": document.date,
        "pages": document.pages,
        "url": document.url,
    }


def _orientation(orientation: Orientation) -> dict[str, Any]:
    return {
        "id": orientation.id,
        "title": orientation.title,
        "intro": orientation.intro,
        "pages": list(orientation.pages),
    }


def _vote(vote: Deliberation) -> dict[str, Any]:
    return {"date": vote.date, "label": vote.label, "url": vote.url, "source": vote.source.value}


def _step(step: Milestone) -> dict[str, Any]:
    return {"date": step.date, "kind": step.kind, "summary": step.summary, "source_url": step.source_url}


def _due(due: DueDate) -> dict[str, Any]:
    return {"label": due.label, "from": due.starts, "to": due.ends}
