"""Messages understood with the real base."""

from collections.abc import Callable

import pytest

from knowledge.catalogue import Catalogue
from knowledge.database import Database
from knowledge.index import open_index
from knowledge.matching.filters import Shelf
from knowledge.matching.meaning import Meaning
from knowledge.matching.model import Model
from knowledge.service import Knowledge
from knowledge.store import load_samples
from tests.conftest import KEPT_INDEX, NOW

Say = Callable[..., Meaning]


@pytest.fixture(scope="session")
def shelf(catalogue: Catalogue) -> Shelf:
    return Shelf(catalogue)


@pytest.fixture(scope="session")
def model(knowledge: Knowledge, database: object) -> Model:
    """The model that the session's base serves."""
    assert isinstance(database, type(KEPT_INDEX))
    opened = Database(database)
    model = open_index(KEPT_INDEX, load_samples(opened), pytest.fail)
    opened.close()
    return model


@pytest.fixture
def say(knowledge: Knowledge) -> Say:
    """The meaning of the last of some messages said in one chat, one after the other."""

    def said(*messages: str) -> Meaning:
        context = None
        for message in messages:
            meaning, context = knowledge.understand(message, context, NOW)
        return meaning

    return said
