"""The long model-based test, under ``make soak``."""

import pytest

from tests.soak.model import main

pytestmark = pytest.mark.soak


def test_200_000_random_acts_over_three_years() -> None:
    assert main()
