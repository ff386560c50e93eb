"""The staff's desk, joined from its parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.announcements import announcements
from bot.conversation.staff.agenda import Agenda
from bot.conversation.staff.announcements.announcing import Announcing
from bot.conversation.staff.announcements.pages import Pages
from bot.conversation.staff.announcements.writing import Writing
from bot.conversation.staff.desk import Desk
from bot.conversation.staff.journal import Journal
from bot.conversation.staff.questions.enquiring import Enquiring
from bot.conversation.staff.questions.questioning import Questioning
from bot.conversation.staff.questions.teaching import TaughtByStaff
from bot.conversation.staff.team import Team
from bot.conversation.staff.updates.first_statuses import FirstStatuses
from bot.conversation.staff.updates.importing import Importing
from bot.conversation.staff.updates.updating import Updating
from bot.conversation.staff.updates.verifying import Verifying
from bot.texts.staff import fares
from knowledge.catalogue import Catalogue
from knowledge.database import Database
from knowledge.importing.imports import Imports
from knowledge.questions.kept import KeptQuestions
from knowledge.questions.teaching import Teaching
from knowledge.service import Knowledge
from scheduler.drafts import Drafts
from scheduler.enquiries import Enquiries
from scheduler.inputs import Inputs
from scheduler.invites import Invites
from scheduler.members import Members
from scheduler.notices import Notices
from scheduler.outbox import Outbox, State
from scheduler.ports import Identities
from scheduler.stops import last_stop
from scheduler.updates import Updates


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
    knowledge: Knowledge,
    name: BotName,
) -> Desk:
    """Everything staff can do on this base; ``knowledge`` finds commitments, and shows at once what is recorded."""
    members, inputs, updates = Members(database, identities), Inputs(database), Updates(database)
    invites, enquiries = Invites(database, identities), Enquiries(database)
    team, journal = Team(members, invites, name.link), Journal(database, lambda: knowledge.catalogue)
    updating = Updating(updates, Drafts(database), inputs, knowledge.ranked, knowledge.refresh)
    first = FirstStatuses(updates, inputs, knowledge.refresh)
    verifying = Verifying(updates, knowledge.refresh)
    importing = Importing(Imports(database, timezone), updates, Notices(database), knowledge.refresh)
    announcing = _announcing(database, timezone, lambda: knowledge.catalogue, inputs)
    teaching = TaughtByStaff(knowledge, Teaching(database), inputs)
    questioning = Questioning(database, knowledge, KeptQuestions(database), enquiries, teaching)
    works = (importing, announcing, first, updating, verifying)
    waiting = [source for each in works for source in each.sources]
    agenda = Agenda((*waiting, questioning.waiting, journal.waiting, team.waiting), _news(database, timezone))
    asked = (questioning, teaching, Enquiring(enquiries, inputs))
    return Desk(database, members, invites, inputs, (agenda, *works, *asked, journal, team))


def _announcing(
    database: Database, timezone: ZoneInfo, catalogue: Callable[[], Catalogue], inputs: Inputs
) -> Announcing:
    joined = announcements(database, timezone, catalogue)
    pages = Pages(joined, timezone)
    return Announcing(joined, pages, Writing(joined, pages, inputs, catalogue), inputs)


def _news(database: Database, timezone: ZoneInfo) -> Callable[[datetime], Sequence[str]]:
    def news(now: datetime) -> Sequence[str]:
        outbox = Outbox(database, timezone)
        counts = outbox.counts()
        lines = [fares.queue(counts[State.PENDING] + counts[State.SENDING], counts[State.UNCERTAIN])]
        # Announcements have pages of their own, and are paused for many reasons.
        held = [(ref, since) for ref, _, since in outbox.list_holds() if not ref.startswith("announcement:")]
        lines += [fares.held(ref, since.astimezone(timezone)) for ref, since in held]
        if (stop := last_stop(database)) is not None:
            lines.append(fares.stopped(stop.code, stop.at.astimezone(timezone)))
        return lines

    return news
