"""Every address of the page, and who answers there."""

from collections.abc import Mapping

from bot.localapi.server import Rule
from bot.localapi.world import World
from bot.preview.acts import ActHandler, Acts, UploadHandler
from bot.preview.cast import Player
from bot.preview.guard import Guard
from bot.preview.pages import INDEX, SHEETS, FileHandler, IndexHandler, SheetHandler
from bot.preview.screen import Screen
from bot.preview.stream import StreamHandler


def addresses(
    guard: Guard, screen: Screen, acts: Acts, players: Mapping[int, Player], world: World
) -> tuple[Rule, ...]:
    """All of them, behind one guard."""
    rules: list[Rule] = [
        (r"/", IndexHandler, {"sheet": INDEX}),
        *((rf"/{sheet.name}", SheetHandler, {"sheet": sheet}) for sheet in SHEETS),
        *((rf"/preview/{name}", ActHandler, {"act": act}) for name, act in acts.by_name().items()),
        (r"/preview/sends", UploadHandler, {"players": players}),
        (r"/preview/stream", StreamHandler, {"screen": screen, "bell": world.bell}),
        (r"/preview/file/([\w-]+)", FileHandler, {"files": world.files}),
    ]
    return tuple((path, handler, {"guard": guard, **needs}) for path, handler, needs in rules)
