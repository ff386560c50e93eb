"""The card in a chat and the page of the public site: the same facts, in the same words."""

import re
from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.texts import statuses
from bot.texts.markup import plain
from knowledge.database import Database
from knowledge.models import Commitment, Document
from knowledge.site import paths
from knowledge.site.edition import Edition, Material
from knowledge.site.publishing import built
from knowledge.wording import dues, sources
from tests.bot.conftest import NOW
from tests.knowledge.site.conftest import change_everything
from tests.knowledge.site.test_pages import Tags

TODAY = (NOW + timedelta(days=2)).date()


def test_status_dates_and_check_are_told_word_for_word(base: Database) -> None:
    change_everything(base)
    material = Material.read(base)
    pages = built(material, Edition(today=TODAY, timezone=ZoneInfo("Europe/Paris")))
    document = material.catalogue.document
    for its in material.catalogue.commitments:
        page = alike(Tags(pages[paths.commitment(its.id)].decode()).text)
        for said in facts(its, document):
            assert alike(said) in page, its.id


def facts(its: Commitment, document: Document) -> Iterator[str]:
    """What the card says, as far as it stands on the page in one piece."""
    yield plain(statuses.with_basis(its, document))
    yield dues.moved(its)
    yield dues.passed(its, TODAY)
    yield sources.checked(its, TODAY)
    yield from (due.label for due in its.due)


def alike(text: str) -> str:
    """Without spacing or addresses: a page says where a link leads by leading there."""
    return re.sub(r"\(https?://\S+\)|\s", "", text).replace("'", "’")
