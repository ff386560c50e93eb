"""What stands in for the outside: chat ids that are not sealed, and a composer that listens."""

from scheduler.facts import ChangeFacts, DigestFacts
from scheduler.ports import Part, SealedChat


class PlainIdentities:
    """Chat ids as they are: what is tried here is not their secrecy."""

    def seal(self, chat_id: int) -> SealedChat:
        return SealedChat(cipher=b"%d" % chat_id, index=self.index(chat_id))

    def index(self, chat_id: int) -> bytes:
        return b"i%d" % chat_id

    def open(self, cipher: bytes) -> int:
        return int(cipher)


class Listener:
    """A composer that keeps the facts."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, DigestFacts | ChangeFacts]] = []

    def digest(self, facts: DigestFacts) -> tuple[Part, ...]:
        self.heard.append(("digest", facts))
        return (Part(text="digest"), Part(text="the rest"))

    def change(self, facts: ChangeFacts) -> tuple[Part, ...]:
        self.heard.append(("change", facts))
        return (Part(text="change"),)

    def correction(self, facts: ChangeFacts) -> tuple[Part, ...]:
        self.heard.append(("correction", facts))
        return (Part(text="correction"),)
