"""Words compared as a person would: case, accents and punctuation left aside."""

import re
import unicodedata

_OTHER = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def folded(text: str) -> str:
    """« À ouvrir », ``a_ouvrir`` and ``A-OUVRIR`` are all « a ouvrir »."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return _OTHER.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
