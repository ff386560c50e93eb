"""« Historique »: how a commitment came to be where it is."""

from datetime import datetime

from bot import keyboards
from bot.keyboards import Press
from bot.replies import Caller, Deed, Reply, Turn
from bot.texts.history import history
from knowledge.matching.meaning import Meaning, Outcome
from knowledge.service import Knowledge


def past(press: Press, knowledge: Knowledge) -> Turn:
    """A page of the history of one commitment; it is read from the base, so it waits for its deed.

    Raises:
        UnknownCommitmentError: There is none of this id.
    """
    commitment = knowledge.catalogue.get(press.value)
    meaning = Meaning(outcome=Outcome.ANSWER, commitments=(commitment.id,))

    def show(caller: Caller, now: datetime) -> Turn:
        pages = history(commitment, knowledge.past(commitment.id), knowledge.catalogue.document, now)
        number = min(press.page or 1, len(pages))
        rows = keyboards.history(commitment.id, number, len(pages))
        reply = Reply(text=pages[number - 1], rows=rows)
        return Turn(meaning=meaning, replies=(reply,), in_place=press.page is not None)

    return Turn(meaning=meaning, deed=Deed(act=show, changes=False, personal=False))
