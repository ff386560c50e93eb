"""The staff's console: everything they can do on Telegram, from a shell, with a personal code."""

import getpass
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.conversation.recent import Recent
from bot.conversation.staff.rights import Attachment, Said
from bot.conversation.talk import Conversation
from bot.errors import BotError
from bot.explaining.people import sentence
from bot.keeping import try_out
from bot.outgoing import Stores
from bot.replies import Caller, Turn
from bot.settings import Settings
from bot.staffing import BotName, desk
from bot.terminal import as_text
from bot.texts import console as texts
from bot.texts.markup import escape
from knowledge.errors import KnowledgeError
from knowledge.service import Knowledge
from scheduler.errors import SchedulerError
from scheduler.invites import Invites
from scheduler.members import Member, Members

# No chat has a negative number of this kind: what is said at the console stays in a thread of its own.
_CONSOLE = -(2**40)
_JOIN = "equipe-"
_FILE = "/fichier"
REFUSED = texts.refused()


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """One member at one shell.

    Args:
        find: The member who gave their code, looked up again at each act; None once they are no longer of the team.
    """

    conversation: Conversation
    member: int
    find: Callable[[], Member | None]
    now: Callable[[], datetime]

    def answer(self, line: str) -> str:
        """What a line leads to, as text; ``/fichier PATH`` sends a file."""
        name, _, path = line.strip().partition(" ")
        if name == _FILE:
            return self.send(Path(path.strip()))
        return self._said(Said(text=line.strip(), html=escape(line.strip())))

    def send(self, path: Path) -> str:
        """Send a file, as to the bot."""
        try:
            content = path.read_bytes()
        except OSError as error:
            return texts.unreadable_file(str(path), error)
        attachment = Attachment(kind="document", file_id="", name=path.name, size=len(content), content=content)
        return self._said(Said(text="", html="", attachment=attachment))

    def _said(self, said: Said) -> str:
        caller = Caller(chat=_CONSOLE - self.member, console=self.find)
        try:
            turn = self.conversation.answer_member(caller, said, self.now())
        except (BotError, KnowledgeError, SchedulerError) as error:
            return sentence(error, reference=type(error).__name__)
        return _text(turn)


def talk(console: Console, lines: Iterable[str], out: TextIO, *, greet: bool) -> None:
    """Answer every line until there is none left."""
    if greet and (member := console.find()) is not None:
        out.write(f"{texts.greeting(member.id, member.role)}\n\n")
    for line in lines:
        if line.strip():
            out.write(f"{console.answer(line)}\n\n")
            out.flush()


def open_console(
    settings: Settings, knowledge: Knowledge, member: int, code: str, now: Callable[[], datetime]
) -> Console | None:
    """The console of a member; None when the number or the code is refused.

    What residents do is tried out only: what a shell follows reaches nobody.
    """
    stores = Stores.open(settings)
    members = Members(stores.database, stores.identities)
    if members.at_console(member, code) is None:
        return None
    copy, kept = try_out(stores.database, settings.quiet)
    recent = Recent(copy)
    recent.read(now())
    staff = desk(stores.database, stores.identities, settings.timezone, knowledge, BotName())
    conversation = Conversation(knowledge, settings.identity, settings.timezone, kept, recent, staff)
    return Console(conversation=conversation, member=member, find=lambda: members.at_console(member, code), now=now)


def ask_for_code() -> str:
    """The personal code, typed without being shown."""
    return getpass.getpass(texts.ask_for_code())


def join(settings: Settings, payload: str, now: datetime) -> str:
    """Join the team without a chat, by an invitation; says the number and the code.

    Raises:
        InviteError: The invitation is not good.
    """
    stores = Stores.open(settings)
    members, invites = Members(stores.database, stores.identities), Invites(stores.database, stores.identities)
    joined = invites.accept(payload.removeprefix(_JOIN), None, now)
    by = members.get(joined.member).author
    return texts.joined(joined.member, joined.role, members.new_code(joined.member, by, now))


def _text(turn: Turn) -> str:
    return "\n".join(as_text(reply) for reply in turn.replies)
