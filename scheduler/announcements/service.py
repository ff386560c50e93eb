"""Everything about announcements on one base, joined."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from knowledge.database import Database
from scheduler.announcements.acting import Acting
from scheduler.announcements.advancing import Advancing
from scheduler.announcements.approvals import Approvals
from scheduler.announcements.corrections import Corrections
from scheduler.announcements.drafts import Drafts
from scheduler.announcements.notices import Notices
from scheduler.announcements.running import Runs
from scheduler.announcements.wording import Wording
from scheduler.announcements.writing import Writing
from scheduler.ports import Announcer


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcements:
    """What staff do with announcements, and what those do by themselves."""

    database: Database
    drafts: Drafts
    approvals: Approvals
    runs: Runs
    corrections: Corrections
    advancing: Advancing
    notices: Notices

    @classmethod
    def on(cls, database: Database, timezone: ZoneInfo, announcer: Announcer, wording: Wording) -> "Announcements":
        """Join them."""
        notices = Notices(wording)
        acting, writing = Acting(database, timezone, notices), Writing(announcer, timezone)
        return cls(
            database=database,
            drafts=Drafts(acting, writing),
            approvals=Approvals(acting, writing, notices),
            runs=Runs(acting, writing, notices),
            corrections=Corrections(acting, writing),
            advancing=Advancing(acting, notices),
            notices=notices,
        )
