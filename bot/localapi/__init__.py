"""A Bot API server of our own, on 127.0.0.1: it stands in for Telegram in the tests and the preview.

It is strict where Telegram is (markup, lengths, buttons, edits, answers given twice), says what Telegram
says, and lets people act: type, press, edit, block. It needs no telegram library and reaches no network.
"""

from bot.localapi.api import LocalBotApi
from bot.localapi.chats import MemberStatus
from bot.localapi.faults import FaultKind, Faults
from bot.localapi.groups import Group
from bot.localapi.messages import Message
from bot.localapi.people import Person

__all__ = ["FaultKind", "Faults", "Group", "LocalBotApi", "MemberStatus", "Message", "Person"]
