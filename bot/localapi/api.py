"""The local Bot API server: everything joined, started and stopped with ``async with``."""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from itertools import count
from types import TracebackType
from typing import Self

from bot.localapi.calls import AnsweredCall
from bot.localapi.chats import Chat, Member, MemberStatus
from bot.localapi.control import control
from bot.localapi.dispatch import Dispatcher
from bot.localapi.faults import Faults
from bot.localapi.groups import Group
from bot.localapi.handling import HOST
from bot.localapi.limits import Limits
from bot.localapi.methods.answering import Answering
from bot.localapi.methods.chats import Chats
from bot.localapi.methods.editing import Editing
from bot.localapi.methods.filing import Filing
from bot.localapi.methods.profile import Profile
from bot.localapi.methods.receiving import Receiving
from bot.localapi.methods.sending import Sending
from bot.localapi.people import Person
from bot.localapi.server import LocalServer, Rule
from bot.localapi.settling import Settling
from bot.localapi.users import User
from bot.localapi.webhook import Webhook
from bot.localapi.world import World

BOT_ID = 7_000_000_001
FIRST_PERSON = 5_000_000_001  # past 32 bits, as many real ids are
FIRST_GROUP = -1_001_000_000_001


class LocalBotApi:
    """A Bot API server on 127.0.0.1, and the people who write to the bot.

    Args:
        username: The bot's name after the @.
        first_name: The bot's name as shown.
        port: Where to listen; 0 for any free port.
        clock: Gives the time of messages, in seconds since 1970.

    Attributes:
        world: All that the server knows.
        profile: How the bot presents itself.
    """

    def __init__(
        self,
        *,
        username: str = "suivi_local_bot",
        first_name: str = "Suivi local",
        port: int = 0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        bot = User(id=BOT_ID, first_name=first_name, is_bot=True, username=username)
        self.token = f"{bot.id}:{'local' * 7}"  # the form of a real one; it opens nothing
        self.world = world = World(bot, clock)
        self.profile = Profile(world)
        self._webhook = Webhook(world.updates, world.bell)
        families = (
            Receiving(world.updates, self._webhook).methods(),
            self.profile.methods(),
            Chats(world).methods(),
            Sending(world).methods(),
            Editing(world).methods(),
            Answering(world).methods(),
            Filing(world.files).methods(),
        )
        self._dispatcher = Dispatcher(self.token, families, world.bell)
        self._settling = Settling(world.updates, self._dispatcher, world.bell)
        self._server = LocalServer(self._dispatcher, world.files, world.bell, control(self))
        self._port = port
        self._person_ids = count(FIRST_PERSON)
        self._group_ids = count(FIRST_GROUP, -1)

    async def __aenter__(self) -> Self:
        self._server.start(self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._webhook.stop()
        await self._let_go()
        await self._server.stop()

    async def _let_go(self) -> None:
        """Answer held polls, so that a bot which outlives the server sees an end and no broken line."""
        self.world.updates.close()
        with suppress(TimeoutError):
            await self.world.bell.until(lambda: self._dispatcher.held == 0 or None, within=1.0)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.port

    @property
    def root_url(self) -> str:
        """The server's root."""
        return f"http://{HOST}:{self.port}"

    @property
    def base_url(self) -> str:
        """What ``BOT_API_URL`` is set to; the token is appended."""
        return f"{self.root_url}/bot"

    @property
    def base_file_url(self) -> str:
        """Where files are; the token is appended."""
        return f"{self.root_url}/file/bot"

    def serve_too(self, more: Iterable[Rule]) -> None:
        """Serve further addresses at the same port, such as a page on which people act."""
        self._server.add(more)

    def person(self, first_name: str = "Claire", *, language_code: str | None = "fr", id: int | None = None) -> Person:
        """Create someone the bot has never met."""
        user_id = next(self._person_ids) if id is None else id
        return Person(self.world, User(id=user_id, first_name=first_name, language_code=language_code))

    def group(
        self,
        title: str = "Voisins",
        *,
        members: Iterable[Person] = (),
        administrators: Iterable[Person] = (),
        bot: MemberStatus = MemberStatus.MEMBER,
        type: str = "supergroup",
        id: int | None = None,
    ) -> Group:
        """Create a group with these people, and the bot in it unless said otherwise."""
        inside = {person.id: Member(person.user, MemberStatus.MEMBER) for person in members}
        inside |= {person.id: Member(person.user, MemberStatus.ADMINISTRATOR) for person in administrators}
        group_id = next(self._group_ids) if id is None else id
        return Group(self.world, Chat(id=group_id, type=type, bot=bot, title=title, members=inside))

    def calls(self, method: str = "") -> tuple[AnsweredCall, ...]:
        """Return the bot's calls with their answers, oldest first, polls aside; all, or those of a method."""
        journal = self._dispatcher.journal
        return tuple(done for done in journal if not method or done.call.method.lower() == method.lower())

    @property
    def faults(self) -> Faults:
        """Which calls go wrong from now on."""
        return self._dispatcher.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._dispatcher.faults = faults

    def enforce_limits(self, clock: Callable[[], float] = time.monotonic) -> Limits:
        """Refuse messages beyond Telegram's limits from now on, and count them."""
        self._dispatcher.limits = limits = Limits(clock)
        return limits

    @property
    def limited(self) -> int:
        """How many messages the limits refused."""
        limits = self._dispatcher.limits
        return 0 if limits is None else limits.refused

    @property
    def begun(self) -> int:
        """How many calls ever came, polls aside."""
        return self._dispatcher.begun

    def delivered(self) -> Counter[int]:
        """Return how many messages of the bot stand in each chat, the empty ones aside."""
        bot = self.world.bot
        return Counter(
            m.chat_id for chat in self.world.chats.values() for m in chat.messages.values() if m.sender == bot
        )

    def go_away(self) -> None:
        """Refuse connections until ``come_back``; those that are open end after their next answer."""
        self._server.go_away()

    def come_back(self) -> None:
        """Let the bot connect again."""
        self._server.come_back()

    def deliver_through(self, proxy: str) -> None:
        """Send updates for a public webhook address to this loopback root, as a reverse proxy would."""
        self._webhook.stand_behind(proxy)

    @property
    def webhook_error(self) -> str:
        """Why the last update was not accepted by the webhook; empty when it was."""
        return self._webhook.last_error

    def watch(self, idle: Callable[[], Awaitable[object]]) -> None:
        """Make settling exact for a bot in this process: pass ``application.update_queue.join``."""
        self._settling.watch(idle)

    async def settled(self, within: float = 5.0) -> None:
        """Return once the bot took every update, finished with it and makes no call.

        Raises:
            TimeoutError: It did not within these seconds.
        """
        await self._settling.settled(within)
