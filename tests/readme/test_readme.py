import re
from zoneinfo import ZoneInfo

from bot.localapi.pictures import picture_size
from knowledge.service import Knowledge
from tests.readme.screenshots import FOLDER, LARGEST
from tests.readme.transcript import README, transcript, with_transcript
from tests.trials import trial


def test_the_readme_shows_what_the_program_says(knowledge: Knowledge) -> None:
    """When it does not: ``python -m tests.readme``."""
    written = README.read_text(encoding="utf-8")
    said = transcript(trial(knowledge, ZoneInfo("Europe/Paris")))
    assert said in written
    assert with_transcript(written, said) == written


def test_its_pictures_are_there_small_and_described() -> None:
    """They are taken by ``make screenshots``."""
    shown = re.findall(r'<img src="([^"]+)"[^>]* alt="([^"]+)"', README.read_text(encoding="utf-8"))
    taken = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert {source for source, _ in shown} == {f"{FOLDER.name}/{name}" for name in taken}
    assert all(len(content) < LARGEST and min(picture_size(content)) > 0 for content in taken.values())
    assert all(len(words) > len(source) for source, words in shown)
