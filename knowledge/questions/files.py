"""What staff taught, back in the data files' own layout: for a person to read over and commit."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from knowledge.datafiles import DATA
from knowledge.questions.teaching import Lesson

_OTHERS = "others.yaml"


def write_files(lessons: Sequence[Lesson], target: Path, *, data: Path = DATA) -> tuple[Path, ...]:
    """Write each data file that the lessons change, whole, with them at the end of their lists.

    Args:
        lessons: In the order in which they were taught.
        target: A folder, made when missing; ``data`` itself changes the files in place.
        data: The data folder that they are added to.

    Returns:
        The files written; none when the data files say it all already.
    """
    written = []
    for path in (*sorted((data / "samples").glob("*.yaml")), data / _OTHERS):
        text = path.read_text(encoding="utf-8")
        content = yaml.load(text, Loader=yaml.CSafeLoader)
        if sum(_add(content, each, is_others=path.name == _OTHERS) for each in lessons):
            copy = target / path.relative_to(data)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(_comment(text) + _dump(content), encoding="utf-8")
            written.append(copy)
    return tuple(written)


def _add(content: dict[str, Any], lesson: Lesson, *, is_others: bool) -> bool:
    """Add one lesson to the content of one file; False when it belongs elsewhere or stands there."""
    room, _, name = lesson.about.partition(":")
    if is_others:
        if room != "refusal" or any(entry["q"] == lesson.text for entry in content["refusals"].setdefault(name, [])):
            return False
        content["refusals"][name].append({"q": lesson.text})
        return True
    if room != "commitment" or name not in content:
        return False
    listed = content[name].setdefault("words" if lesson.is_word else "questions", [])
    if lesson.text in listed:
        return False
    listed.append(lesson.text)
    return True


def _comment(text: str) -> str:
    """The lines at the head of a file, which say what it is."""
    lines = text.splitlines(keepends=True)
    return "".join(lines[: next((n for n, line in enumerate(lines) if not line.startswith("#")), 0)])


def _dump(content: Any) -> str:
    # As the files are written: what is not changed must not show as changed. The C dumper escapes emoji.
    return yaml.dump(content, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=10**6)
