"""What is kept about people, joined for the conversation; and a copy of it that a trial throws away."""

from datetime import datetime
from functools import partial

from bot.conversation.kept import Kept
from bot.operation.ledger import Ledger
from knowledge.database import MEMORY, Database
from knowledge.keys import Key
from knowledge.questions.kept import KeptQuestions
from scheduler.dossier import dossier, membership
from scheduler.enquiries import Enquiries
from scheduler.identities import SealedIdentities
from scheduler.migrations import steps
from scheduler.ports import Identities
from scheduler.retention import Retention
from scheduler.subscribers import Subscribers
from scheduler.subscriptions import Subscriptions
from scheduler.told import told


def keep(database: Database, subscribers: Subscribers, identities: Identities) -> Kept:
    """What the served bot keeps."""
    return Kept(
        subscribers=subscribers,
        subscriptions=Subscriptions(database),
        questions=KeptQuestions(database),
        enquiries=Enquiries(database),
        dossier=partial(dossier, database),
        membership=lambda chat: membership(database, identities.index(chat)),
        erase=partial(_erase, Retention(database), Ledger(database.path)),
        told=partial(told, database),
    )


def try_out(database: Database, quiet: str) -> tuple[Database, Kept]:
    """A copy of the base in memory, for the thread that asks: following works in it, and nothing of it remains."""
    copy = Database(MEMORY, database.key_file)
    database.read().conn.backup(copy.read().conn)
    copy.migrate(steps)
    subscribers = Subscribers(copy, SealedIdentities(Key.any()), quiet)
    kept = Kept(
        subscribers=subscribers,
        subscriptions=Subscriptions(copy),
        questions=KeptQuestions(copy),
        enquiries=Enquiries(copy),
        dossier=partial(dossier, copy),
        membership=lambda chat: None,
        erase=Retention(copy).erase,
        told=partial(told, copy),
        trial=True,
    )
    return copy, kept


def _erase(retention: Retention, ledger: Ledger, subscriber: int, now: datetime) -> None:
    """Noted outside the base first, so that a backup put back loses the same person."""
    ledger.note_erased(subscriber, now)
    retention.erase(subscriber, now)
