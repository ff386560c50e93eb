"""Words of somebody in danger now, that must be heard whatever else a message holds."""

import re

from knowledge.matching.wording import words

_HURT = r"(?:frapp|tabass|viol(?:e|er|ee|es)|agress|poignard|etrangl|attaqu|cogn|batt|cambriol)"
_SIGNS = re.compile(
    r"\b(?:"
    r"au secours|a l aide vite|aidez moi vite|appelez (?:la police|les pompiers|une ambulance|le samu)|"
    rf"(?:me|nous|m a|m ont|l a|se fait|se font|s est fait|en train de (?:me|la|le|se faire)) {_HURT}\w*|"
    r"on cambriole|agression en cours|il m a frappee?|"
    r"(?:il y a|y a|ya) (?:le |un |une )?(?:feu|incendie)|au feu|ca brule|there is a fire|house is on fire|"
    r"inondation chez|(?:veux|vais|envie de) (?:mourir|me suicider|me tuer|en finir)|me suicider|"
    r"(?:fait|faire) un (?:malaise|avc|infarctus)|inconscient\w*|respire (?:plus|pas)|arret cardiaque|overdose|"
    r"a la rue (?:ce soir|cette nuit)|dors dehors ce soir|nulle part ou dormir (?:ce soir|cette nuit)|"
    r"(?:y a|il y a|ya) un (?:accident|blesse|mort)|coups? de (?:feu|couteau)"
    r")\b"
)


def in_danger(message: str) -> bool:
    """Whether the message says outright that somebody is in danger now."""
    return _SIGNS.search(" ".join(words(message))) is not None
