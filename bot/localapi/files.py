"""Files: what the bot uploaded and what people sent, found again by id or by path."""

import hashlib
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.localapi.calls import Call, Upload
from bot.localapi.entities import Json
from bot.localapi.errors import BadRequestError
from bot.localapi.pictures import picture_size

LARGEST_DOWNLOAD = 20_000_000  # bytes; Telegram gives bots nothing larger
_ATTACHED = "attach://"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file kept by the server, and the path under which it is downloaded."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime_type: str
    content: bytes

    def wire(self) -> Json:
        """Return what every file tells of itself."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """What a message carries beside words: its kind is the message's key, ``wire`` what stands there."""

    kind: str
    wire: Any
    file: StoredFile | None = None


class Files:
    """All files of the server, in memory."""

    def __init__(self) -> None:
        self._media: dict[str, Media] = {}
        self._numbers = count(1)

    def keep(self, kind: str, upload: Upload, **details: Any) -> Media:
        """Store a file as a photo, a document, a voice message or a sticker.

        Args:
            kind: The key of the message it will stand under.
            upload: The file.
            details: Further keys of its record, such as a duration.

        Raises:
            BadRequestError: A photo that is not a picture, or not one Telegram would show.
        """
        number = next(self._numbers)
        suffix = upload.filename.rpartition(".")[2] or "bin"
        stored = StoredFile(
            file_id=f"{kind}-{number}-local",
            unique_id=hashlib.sha256(upload.content).hexdigest()[:16],
            path=f"{kind}s/file_{number}.{suffix}",
            name=upload.filename,
            mime_type=upload.mime_type,
            content=upload.content,
        )
        media = Media(kind=kind, wire=_record(kind, stored) | details, file=stored)
        if kind == "photo":
            media = Media(kind=kind, wire=[media.wire], file=stored)
        self._media[stored.file_id] = media
        return media

    def of_call(self, call: Call, kind: str, value: str, field: str) -> Media:
        """Return the file a call means: the upload in ``field``, ``attach://name``, or an id sent before.

        Raises:
            BadRequestError: There is no such file, or it is of another kind.
        """
        name = value.removeprefix(_ATTACHED) if value.startswith(_ATTACHED) else field
        if name in call.uploads:
            return self.keep(kind, call.uploads[name])
        if not value:
            raise BadRequestError(f"there is no {kind} in the request")
        media = self._media.get(value)
        if media is None:
            raise BadRequestError("wrong file identifier/HTTP URL specified")
        if media.kind != kind:
            raise BadRequestError(f"can't use file of type {media.kind.title()} as {kind.title()}")
        return media

    def by_id(self, file_id: str) -> StoredFile:
        """Return a file for getFile.

        Raises:
            BadRequestError: Unknown, or larger than a bot may download.
        """
        media = self._media.get(file_id)
        if media is None or media.file is None:
            raise BadRequestError("wrong file_id or the file is temporarily unavailable")
        if len(media.file.content) > LARGEST_DOWNLOAD:
            raise BadRequestError("file is too big")
        return media.file

    def find_path(self, path: str) -> StoredFile | None:
        """Return the file behind a download's path."""
        stored = (media.file for media in self._media.values())
        return next((file for file in stored if file is not None and file.path == path), None)


def _record(kind: str, stored: StoredFile) -> Json:
    """Return the keys a kind of file needs; a photo is a list of sizes, of which this is the one."""
    record = stored.wire()
    if kind == "photo":
        width, height = picture_size(stored.content)
        return record | {"width": width, "height": height}
    return record | {"file_name": stored.name, "mime_type": stored.mime_type}
