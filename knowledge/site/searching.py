"""What the browser searches in: a title, a status, a link and the words of each commitment."""

import json
import re
import unicodedata

from knowledge.models import Commitment
from knowledge.site import paths
from knowledge.site.edition import Material
from knowledge.wording import statuses

_SHORTEST = 2


def index(material: Material) -> bytes:
    """The index: ``[id, title, status, status in words, words]`` for each commitment, in document order."""
    rows = [
        [
            each.id,
            each.title,
            each.status or "inconnu",
            statuses.word(each),
            " ".join(_words(each, material.words.get(each.id, ()))),
        ]
        for each in material.catalogue.commitments
    ]
    root = paths.between(paths.INDEX, paths.commitment("*"))
    return json.dumps({"page": root, "rows": rows}, ensure_ascii=False, separators=(",", ":")).encode()


def folded(text: str) -> list[str]:
    """Words without accents or capitals, as the browser folds what is typed."""
    plain = unicodedata.normalize("NFD", text.lower().replace("œ", "oe"))
    return re.findall(r"[a-z0-9]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def _words(its: Commitment, typed: tuple[str, ...]) -> list[str]:
    """Each once, beyond those of the title."""
    parts = (its.id, its.summary, its.details, its.info, *(step.summary for step in its.milestones), *typed)
    known = set(folded(its.title))
    words = dict.fromkeys(word for part in parts if part for word in folded(part))
    return [word for word in words if len(word) >= _SHORTEST and word not in known]
