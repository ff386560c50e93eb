"""A file's bytes into lines of cells: CSV of ours or of Decidim, or the JSON of an export."""

from collections.abc import Mapping

from knowledge.importing.csvfile import read_csv
from knowledge.importing.faults import Code, Faults
from knowledge.importing.jsonfile import read_json
from knowledge.importing.sheets import Sheet
from knowledge.models import Commitment

BIGGEST = 20 * 2**20
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read(content: bytes, commitments: Mapping[str, Commitment], faults: Faults) -> Sheet | None:
    """Read a file.

    Args:
        content: The file as it is.
        commitments: By id: a file of Decidim names them by their titles.
        faults: Where what is wrong is noted.

    Returns:
        None when nothing of it can be read.
    """
    text = _decode(content, faults)
    if text is None:
        return None
    if text.lstrip().startswith(("{", "[")):
        return read_json(text, faults)
    return read_csv(text, commitments, faults)


def _decode(content: bytes, faults: Faults) -> str | None:
    if len(content) > BIGGEST:
        faults.add(Code.TOO_BIG, limit=BIGGEST)
        return None
    if content.startswith(_UTF16):
        faults.add(Code.NOT_UTF8)
        return None
    if b"\0" in content:
        faults.add(Code.NOT_TEXT)
        return None
    try:
        text = content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        faults.add(Code.NOT_UTF8, number=content.count(b"\n", 0, error.start) + 1)
        return None
    if not text.strip():
        faults.add(Code.EMPTY)
        return None
    return text
