"""The words in which staff hear of their announcements: asked of the outside, as the composer's are."""

from typing import Protocol

from scheduler.announcements.figures import Progress
from scheduler.announcements.records import Announcement
from scheduler.ports import Part


class Wording(Protocol):
    """Messages to members."""

    def submitted(self, found: Announcement) -> Part:
        """Somebody asks for an approval."""
        ...

    def decided(self, found: Announcement) -> Part:
        """It was approved, or refused with a reason."""
        ...

    def came_to_a_halt(self, found: Announcement) -> Part:
        """It stopped by itself, and why."""
        ...

    def progress(self, found: Announcement, progress: Progress) -> Part:
        """How it fares, in a message that is edited again and again."""
        ...

    def report(self, found: Announcement, progress: Progress) -> Part:
        """How it ended."""
        ...
