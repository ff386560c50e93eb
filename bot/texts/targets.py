"""What is followed, named in a sentence."""

from bot.texts.markup import quoted, shortened
from knowledge.catalogue import Catalogue
from scheduler.facts import Target, TargetKind

_LONGEST = 120


def name(target: Target, catalogue: Catalogue) -> str:
    """« Les jardins », l'orientation 3 (« … »), tous les engagements… as HTML."""
    match target.kind:
        case TargetKind.COMMITMENT:
            known = target.name in catalogue
            return quoted(shortened(catalogue.get(target.name).title if known else target.name, _LONGEST))
        case TargetKind.ORIENTATION:
            titles = {each.id: each.title for each in catalogue.orientations}
            return f"l'orientation {target.name[1:]} ({quoted(shortened(titles.get(target.name, ''), _LONGEST))})"
        case TargetKind.PRIORITY:
            return "les chantiers prioritaires"
        case TargetKind.ALL:
            return "tous les engagements"
        case TargetKind.WORDS:
            return f"les mots {quoted(shortened(target.name, _LONGEST))}"


def typed(target: Target) -> str:
    """As one types it after a command."""
    match target.kind:
        case TargetKind.PRIORITY:
            return "prioritaires"
        case TargetKind.ALL:
            return "tout"
        case TargetKind.WORDS:
            return f'"{target.name}"'
        case _:
            return target.name
