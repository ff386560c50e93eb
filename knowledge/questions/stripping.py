"""Take personal data out of a question before anybody keeps or reads it. Rather a word too many than a name left."""

import re

from knowledge.matching.wording import content_words

LONGEST = 500

_NAME = r"[^\W\d_][\w'’\-]*"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’\-]*"
_PARTICLES = r"(?:(?:de|du|des|la|le|el|ben|van|von|d['’])\s*)*"
_ENDS_A_NAME = (
    r"(?:et|je|j['’]\w+|mais|ou|où|qui|que|pour|par|à|au|a|en|il|elle|on|nous|vous|c['’]est|est|suis|ai|habite|vis|vit"
    r"|voudrais|veux|cherche|comment|quand|combien|quel|quelle|depuis|dans|sur|avec|votre|mon|ma|mes|né|née|bonjour)"
)
_TYPED_NAME = rf"(?!{_ENDS_A_NAME}\b){_NAME}(?:\s+{_PARTICLES}(?!{_ENDS_A_NAME}\b){_NAME}){{0,2}}"
_CAPITAL_NAME = rf"{_CAPITAL}(?:\s+{_PARTICLES}{_CAPITAL})*"
_TITLE = r"(?:(?i:monsieur|madame|mademoiselle|messieurs|mesdames|mme|mlle|mr|docteur|dr|ma[iî]tre)\b\.?|M\.)"
_RELATIVE = (
    r"(?i:m(?:on|a|es)\s+(?:fils|filles?|enfants?|mari|femme|épouse|époux|voisine?s?|frère|sœur|soeur|mère|père|maman"
    r"|papa|copine?|compagne|compagnon|ami|amie|collègue|patronn?e?|propriétaire|médecin))"
)
_CALLED = r"(?:je m['’ ]\s*appel+e?s?|je me nomme|mon (?:nom|pr[ée]nom) (?:est|c['’]est)|moi c['’ ]\s*est)"
_SIGNED = r"(?:cordialement|salutations|bien à vous|signé|merci d['’]avance)"
_STREET = (
    r"(?:rue|avenue|av|boulevard|bd|bld|boul|place|pl|all[ée]e|chemin|impasse|quai|cours|route|square|passage|venelle"
    r"|sentier|mail|esplanade|lotissement|r[ée]sidence|hameau|voie|clos|villa|cit[ée])"
)
_ENDS_A_STREET = (
    r"(?:à|a|au|aux|est|et|sont|pour|qui|que|y|il|elle|ça|où|ou|sur|avec|depuis|en|dans|ne|n['’]\w+|svp|merci)"
)
_FLAT = r"(?:appartement|appart|appt?|apt|b[âa]timent|b[âa]t|porte|[ée]tage|lot|escalier)"

# In this order: an address holds numbers, a link holds everything.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:https?://|www\.)\S+|\b(?:t\.me|wa\.me|fb\.com)/\S+", re.IGNORECASE), "[lien]"),
    (
        re.compile(r"[\w.+\-]+\s*(?:@|\(at\)|\barobase\b)\s*[\w\-]+(?:\s*(?:\.|\bpoint\b)\s*\w+)+", re.IGNORECASE),
        "[adresse électronique]",
    ),
    (re.compile(r"(?<!\w)@\w{2,}"), "[pseudonyme]"),
    (
        re.compile(
            rf"\b\d{{1,4}}(?:\s*(?:bis|ter|quater)\b|\s?[a-d]\b)?\s*,?\s*{_STREET}\b\.?"
            rf"(?:\s+(?!{_ENDS_A_STREET}\b)[\w'’\-]+){{0,5}}",
            re.IGNORECASE,
        ),
        "[adresse]",
    ),
    (re.compile(rf"(?i:\b{_FLAT})\.?\s*(?:n°\s*)?(?:[A-Za-z]?\d+\w?|[A-Z])\b"), "[adresse]"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,}(?:\s?[A-Z0-9]{1,4})?\b"), "[numéro]"),
    (re.compile(r"\b[A-Z]{2}[\s\-]?\d{3}[\s\-]?[A-Z]{2}\b|\b[a-z]{2}-\d{3}-[a-z]{2}\b"), "[numéro]"),
    (re.compile(rf"(?i:\b{_CALLED})(\s+{_TYPED_NAME})"), "[nom]"),
    (re.compile(rf"\b{_TITLE}(\s+{_CAPITAL_NAME})"), "[nom]"),
    (re.compile(rf"(?i:\bje suis)(\s+{_CAPITAL_NAME})"), "[nom]"),
    (re.compile(rf"\b{_RELATIVE}(?:\s*,)?(\s+{_CAPITAL_NAME})"), "[nom]"),
    (re.compile(rf"(?i:\b{_SIGNED})([\s,.:\-–]+{_CAPITAL_NAME})\W*$"), "[nom]"),
)
_BORN = re.compile(
    r"\bn[ée]+e?\s+(?:le|en)\s+(?:(?:\d{1,2}(?:er)?\s+)?[^\W\d_]+(?:\s+\d{4})?|\d[\d/.\-]*)", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w\[])\+?\(?\d(?:[\s.\-/()]{0,2}\d){4,}(?:\s?[A-Z]\b)?|\b(?=\w*\d\w*\d\w*\d)\w*[A-Z]\w*\b")
_MARK = re.compile(r"\[[^\]]*\]")
# What numbers say without pointing to anybody: years, and round figures of at most six digits in threes.
_HARMLESS = re.compile(r"(?:19|20)\d\d(?:\s?[-/]\s?(?:(?:19|20)\d\d|\d\d))?|[1-9]\d{0,2}[ .]\d{3}|[1-9]\d{0,3}0{3}")


def stripped(question: str) -> str:
    """The question without what may point to a person, on one line, cut to ``LONGEST``; a mark stands for each gap."""
    text = " ".join(question.split())
    for pattern, mark in _RULES:
        text = pattern.sub(lambda found, mark=mark: _marked(found, mark), text)  # type: ignore[misc]
    text = _BORN.sub("[date]", text)
    text = _NUMBER.sub(lambda found: found.group() if _HARMLESS.fullmatch(found.group().strip()) else "[numéro]", text)
    return text[:LONGEST].rstrip()


def says_something(text: str) -> bool:
    """Whether a stripped question still holds a word with a topic, the marks aside."""
    return bool(content_words(_MARK.sub(" ", text)))


def _marked(found: re.Match[str], mark: str) -> str:
    """The mark for the whole match, or for the name within it."""
    if not found.re.groups:
        return mark
    start = found.start(1) - found.start()
    lead = re.match(r"[\s,.:\-–]+", found.group(1))
    return (
        f"{found.group()[:start]}{lead.group() if lead else ' '}{mark}{found.group()[found.end(1) - found.start() :]}"
    )
