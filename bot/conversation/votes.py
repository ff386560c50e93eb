"""Every vote about the commitments, oldest first."""

from bot.texts.browse import Vote
from knowledge.catalogue import Catalogue


def votes(catalogue: Catalogue) -> tuple[Vote, ...]:
    """The report's and staff's deliberations, and the dated ones that came since."""
    found = [
        Vote(date=vote.date, commitment=commitment, said=None)
        for commitment in catalogue.commitments
        for vote in commitment.deliberations
    ]
    found += [
        Vote(date=step.date, commitment=commitment, said=step.summary)
        for commitment in catalogue.commitments
        for step in commitment.milestones
        if step.kind == "deliberation"
    ]
    return tuple(sorted(found, key=lambda vote: vote.date))
