"""What an announcement is made of, asked for and taken: words, a picture, an audience, an hour."""

from collections.abc import Callable
from datetime import datetime

from bot import announcekeys as keys
from bot.conversation.kept import say
from bot.conversation.staff.announcements.moments import moment
from bot.conversation.staff.announcements.orders import order_of
from bot.conversation.staff.announcements.pages import Pages
from bot.conversation.staff.desk import DROP
from bot.conversation.staff.rights import Attachment, Right, Said
from bot.errors import NoMediaError
from bot.keyboards import Press
from bot.replies import Button, Turn
from bot.texts import buttons
from bot.texts.announcements import asking
from bot.texts.announcements import pages as texts
from bot.texts.markup import escape
from knowledge.authors import Role
from knowledge.catalogue import Catalogue
from scheduler.announcements.records import Announcement
from scheduler.announcements.service import Announcements
from scheduler.announcements.states import TRANSITIONS, Act
from scheduler.facts import Audience, AudienceKind
from scheduler.inputs import Inputs
from scheduler.members import Member
from scheduler.ports import Media, MediaKind

_NEW = "new"
_AUDIENCES = {
    keys.WHOLE: Audience(kind=AudienceKind.ALL),
    keys.STAFF: Audience(kind=AudienceKind.STAFF),
}


class Writing:
    """The part of ``Announcing`` that waits for words."""

    def __init__(
        self, announcements: Announcements, pages: Pages, inputs: Inputs, catalogue: Callable[[], Catalogue]
    ) -> None:
        self._announcements = announcements
        self._pages = pages
        self._inputs = inputs
        self._catalogue = catalogue
        self.presses = {
            "aw": Right(Role.EDITOR, lambda press, member, now: self.command("", member, now)),
            "ac": Right(Role.EDITOR, self._ask_text),
            "an": Right(Role.EDITOR, self._ask_note),
            "am": Right(Role.EDITOR, self._media_pressed),
            "ad": Right(Role.EDITOR, self._audience_pressed),
            "ah": Right(Role.EDITOR, self._hour_pressed),
        }
        self.inputs = {
            "ann_text": Right(Role.EDITOR, self._text_given),
            "ann_note": Right(Role.EDITOR, self._note_given),
            "ann_media": Right(Role.EDITOR, self._media_given),
            "ann_followed": Right(Role.EDITOR, self._commitment_given),
            "ann_hour": Right(Role.EDITOR, self._hour_given),
        }

    def command(self, words: str, member: Member, now: datetime) -> Turn:
        """/annonce: the words after it are the text; without any, it is asked for."""
        if not words:
            self._inputs.ask(member.id, purpose="ann_text", ref=_NEW, now=now)
            return self.wait(asking.ask_text())
        begun = self._announcements.drafts.begin(escape(words), member.author, now)
        return self._pages.one(begun.id, member, now, preview=True)

    def wait(self, text: str, *rows: tuple[Button, ...]) -> Turn:
        """Say what is waited for, with the way out."""
        return say(text, rows=(*rows, (Button(label=buttons.CANCEL, data=DROP),)))

    def _ask_text(self, press: Press, member: Member, now: datetime) -> Turn:
        return self._ask("ann_text", press, member, now, asking.ask_new_text)

    def _ask_note(self, press: Press, member: Member, now: datetime) -> Turn:
        return self._ask("ann_note", press, member, now, lambda found: asking.ask_note())

    def _ask(
        self,
        purpose: str,
        press: Press,
        member: Member,
        now: datetime,
        words: Callable[[Announcement], str],
        *rows: tuple[Button, ...],
    ) -> Turn:
        order, _ = order_of(press, member, now)
        found = self._announcements.drafts.get(order.number)
        self._inputs.ask(member.id, purpose=purpose, ref=press.value, now=now)
        return self.wait(words(found), *rows)

    def _text_given(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        """Of a new one, of a draft, or of the correction of one that was sent."""
        media = _media(said.attachment) if said.attachment else None
        if ref == _NEW:
            begun = self._announcements.drafts.begin(said.html, member.author, now, media=media)
            return self._pages.one(begun.id, member, now, preview=True)
        order, _ = order_of(Press(action="ac", value=ref), member, now)
        found = self._announcements.drafts.get(order.number)
        if (found.state, Act.CORRECT) in TRANSITIONS:
            found = self._announcements.corrections.begin(order, said.html)
        else:
            found = self._announcements.drafts.set_text(order, said.html, media)
        return self._pages.one(found.id, member, now, preview=True)

    def _note_given(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        order, _ = order_of(Press(action="an", value=ref), member, now)
        return self._pages.one(self._announcements.corrections.add_note(order, said.html).id, member, now, preview=True)

    def _media_pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        order, answer = order_of(press, member, now)
        if answer == keys.NO:
            return self._pages.one(self._announcements.drafts.set_media(order, None).id, member, now)
        without = (Button(label=texts.WITHOUT_MEDIA, data=f"am:{press.value}.{keys.NO}"),)
        found = self._announcements.drafts.get(order.number)
        rows = (without,) if found.media else ()
        return self._ask("ann_media", press, member, now, lambda found: asking.ask_media(), *rows)

    def _media_given(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        order, _ = order_of(Press(action="am", value=ref), member, now)
        changed = self._announcements.drafts.set_media(order, _media(said.attachment))
        return self._pages.one(changed.id, member, now, preview=True)

    def _audience_pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        order, answer = order_of(press, member, now)
        if not answer:
            found = self._announcements.drafts.get(order.number)
            return say(asking.ask_audience(), rows=keys.audiences(found, self._catalogue().orientations))
        if answer == keys.COMMITMENT:
            bare = Press(action="ad", value=press.value.removesuffix(f".{answer}"))
            return self._ask("ann_followed", bare, member, now, lambda found: asking.ask_commitment())
        audience = _AUDIENCES.get(answer) or Audience(kind=AudienceKind.ORIENTATION, name=answer)
        return self._pages.one(self._announcements.drafts.set_audience(order, audience).id, member, now)

    def _commitment_given(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        order, _ = order_of(Press(action="ad", value=ref), member, now)
        name = self._catalogue().get(said.text.strip().lower()).id
        audience = Audience(kind=AudienceKind.COMMITMENT, name=name)
        return self._pages.one(self._announcements.drafts.set_audience(order, audience).id, member, now)

    def _hour_pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        order, answer = order_of(press, member, now)
        if answer == keys.NO:
            return self._pages.one(self._announcements.drafts.set_start(order, None).id, member, now)
        at_launch = (Button(label=texts.AT_LAUNCH, data=f"ah:{press.value}.{keys.NO}"),)
        return self._ask("ann_hour", press, member, now, lambda found: asking.ask_hour(), at_launch)

    def _hour_given(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        order, _ = order_of(Press(action="ah", value=ref), member, now)
        changed = self._announcements.drafts.set_start(order, moment(said.text, now))
        return self._pages.one(changed.id, member, now)


def _media(attachment: Attachment | None) -> Media:
    """What the messenger keeps, and can send again.

    Raises:
        NoMediaError: Nothing of the kind.
    """
    if attachment is None or not attachment.file_id:
        raise NoMediaError
    return Media(kind=MediaKind(attachment.kind), file_id=attachment.file_id, name=attachment.name)
