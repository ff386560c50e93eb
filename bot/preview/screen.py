"""What stands on everybody's screen, as things that each have a version: whoever watches gets what has changed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from bot.localapi import LocalBotApi, Message
from bot.localapi.entities import Json
from bot.localapi.queries import Toast
from bot.preview.cast import Player
from bot.preview.clock import PreviewClock

_Key: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Thing:
    """Something on a screen.

    Attributes:
        version: Another one whenever it looks otherwise.
        show: What the page is told of it.
        passes: Seen by those who look when it happens, and by nobody later.
    """

    key: _Key
    version: Any
    show: Callable[[], Json]
    passes: bool = False


class Screen:
    """All that the page can show.

    Args:
        titles: Id and title of each commitment.
    """

    def __init__(
        self, api: LocalBotApi, players: Sequence[Player], clock: PreviewClock, titles: Iterable[tuple[str, str]]
    ) -> None:
        self._api = api
        self._players = players
        self._clock = clock
        self._titles = tuple(titles)

    def opening(self) -> Json:
        """What does not change while it runs."""
        bot = self._api.world.bot
        return {
            "kind": "opening",
            "bot": {"id": bot.id, "name": bot.first_name, "username": bot.username},
            "people": [player.wire() for player in self._players],
            "commitments": self._titles,
            "zone": self._clock.timezone.key,
        }

    def things(self) -> Iterator[_Thing]:
        """Everything there is now."""
        yield self._time()
        yield self._description()
        for player in self._players:
            yield self._menu(player)
            yield from map(self._message, player.person.chat.messages.values())
            yield self._doing(player)
        yield from self._toasts()

    def _time(self) -> _Thing:
        ahead = self._clock.ahead
        return _Thing(
            key=("clock",),
            version=ahead,
            show=lambda: {"kind": "clock", "ahead": round(ahead.total_seconds() * 1000)},
        )

    def _description(self) -> _Thing:
        text = self._api.profile.description
        return _Thing(key=("description",), version=text, show=lambda: {"kind": "description", "text": text})

    def _menu(self, player: Player) -> _Thing:
        commands, chat = self._api.profile.menu(player.person.user), player.person.id
        return _Thing(
            key=("menu", chat), version=commands, show=lambda: {"kind": "menu", "chat": chat, "commands": commands}
        )

    def _message(self, message: Message) -> _Thing:
        shown = None if message.is_deleted else message
        return _Thing(
            key=("message", message.chat_id, message.message_id),
            version=(len(message.earlier), message.is_deleted),
            show=lambda: {
                "kind": "message",
                "chat": message.chat_id,
                "id": message.message_id,
                "message": shown and shown.wire(),
            },
        )

    def _doing(self, player: Player) -> _Thing:
        actions, chat = player.person.actions, player.person.id
        return _Thing(
            key=("doing", chat),
            version=len(actions),
            show=lambda: {"kind": "doing", "chat": chat, "action": actions[-1]},
            passes=True,
        )

    def _toasts(self) -> Iterator[_Thing]:
        for press in self._api.world.presses.values():
            if press.toast is not None:
                show = partial(_toast, press.user.id, press.toast)
                yield _Thing(key=("toast", press.id), version=0, show=show, passes=True)


def _toast(chat: int, toast: Toast) -> Json:
    return {"kind": "toast", "chat": chat, "text": toast.text, "alert": toast.is_alert}


class Watcher:
    """Someone who looks at the screen, and what they have seen."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._seen: dict[_Key, Any] = {}
        self._has_opened = False

    def news(self) -> list[Json]:
        """What has changed since the last look; at the first one, all that lasts."""
        changed = [each for each in self._screen.things() if self._seen.get(each.key, self) != each.version]
        self._seen |= {each.key: each.version for each in changed}
        if self._has_opened:
            return [each.show() for each in changed]
        self._has_opened = True
        return [self._screen.opening(), *(each.show() for each in changed if not each.passes)]
