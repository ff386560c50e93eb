"""Messages as the outbox stores them; one that goes to many is stored once, and named in each row."""

import json
from dataclasses import asdict

import sqlite_utils

from scheduler.ports import Button, Media, MediaKind, Part


def body_of(part: Part) -> str:
    """A message as stored."""
    return json.dumps(asdict(part), ensure_ascii=False)


def part_of(body: str) -> Part:
    """What ``body_of`` wrote."""
    content = json.loads(body)
    rows = tuple(tuple(Button(**button) for button in row) for row in content["rows"])
    carried = content.get("media")
    media = Media(**(carried | {"kind": MediaKind(carried["kind"])})) if carried else None
    return Part(text=content["text"], rows=rows, media=media)


def share(db: sqlite_utils.Database, name: str, part: Part) -> None:
    """Store a message under a name that rows may carry as their body, inside the caller's transaction.

    What a name stands for never changes.
    """
    db.execute("INSERT INTO shared_bodies VALUES (?, ?) ON CONFLICT DO NOTHING", [name, body_of(part)])
