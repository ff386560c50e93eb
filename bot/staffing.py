"""The staff's desk, joined from its parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation.staff.agenda import Agenda
from bot.conversation.staff.desk import Desk
from bot.conversation.staff.journal import Journal
from bot.conversation.staff.team import Team
from bot.texts import fares
from knowledge.catalogue import Catalogue
from knowledge.database import Database
from scheduler.inputs import Inputs
from scheduler.invites import Invites
from scheduler.members import Members
from scheduler.outbox import Outbox, State
from scheduler.ports import Identities
from scheduler.stops import last_stop


@dataclass(slots=True)
class BotName:
    """The bot's name on the messenger, once it is known."""

    value: str | None = None

    def link(self, payload: str) -> str | None:
        """The address that opens the bot with a payload."""
        return f"https://t.me/{self.value}?start={payload}" if self.value else None


def desk(
    database: Database,
    identities: Identities,
    timezone: ZoneInfo,
    catalogue: Callable[[], Catalogue],
    name: BotName,
) -> Desk:
    """Everything staff can do on this base."""
    members, inputs = Members(database, identities), Inputs(database)
    invites = Invites(database, identities)
    team, journal = Team(members, invites, name.link), Journal(database, catalogue)
    agenda = Agenda((journal.waiting, team.waiting), _news(database, timezone))
    return Desk(database, members, invites, inputs, (agenda, journal, team))


def _news(database: Database, timezone: ZoneInfo) -> Callable[[datetime], Sequence[str]]:
    def news(now: datetime) -> Sequence[str]:
        outbox = Outbox(database, timezone)
        counts = outbox.counts()
        lines = [fares.queue(counts[State.PENDING] + counts[State.SENDING], counts[State.UNCERTAIN])]
        lines += [fares.held(ref, since.astimezone(timezone)) for ref, _, since in outbox.list_holds()]
        if (stop := last_stop(database)) is not None:
            lines.append(fares.stopped(stop.code, stop.at.astimezone(timezone)))
        return lines

    return news
