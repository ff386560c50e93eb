"""``python -m tests.readme`` renews the conversation in the README."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from knowledge.service import Knowledge
from tests.conftest import KEPT_INDEX, NOW
from tests.readme.transcript import README, transcript, with_transcript
from tests.trials import trial


def main() -> int:
    """Write the README again; 0 even when nothing was to be changed."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "index").symlink_to(KEPT_INDEX)
        knowledge = Knowledge.open(Path(folder) / "bot.db", NOW, lambda line: print(line, file=sys.stderr))
        said = transcript(trial(knowledge, ZoneInfo("Europe/Paris")))
        knowledge.close()
    README.write_text(with_transcript(README.read_text(encoding="utf-8"), said), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
