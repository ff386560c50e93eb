"""Pictures: their size, read from the first bytes, and whether Telegram would show them."""

import struct

from bot.localapi.errors import BadRequestError

MOST_PIXELS_AROUND = 10_000  # width and height together
STEEPEST_RATIO = 20
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
# One white dot, for whoever needs some picture.
SMALLEST_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f0001010100b138f6140000000049454e44ae426082"
)
# Start-of-frame markers: all of C0 to CF but the three that mean something else.
_JPEG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_size(content: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG or JPEG picture, in pixels.

    Raises:
        BadRequestError: It is neither, or it is of a shape Telegram refuses.
    """
    size = _png_size(content) if content.startswith(_PNG) else _jpeg_size(content)
    if size is None:
        raise BadRequestError("IMAGE_PROCESS_FAILED")
    width, height = size
    too_large = width + height > MOST_PIXELS_AROUND
    if too_large or min(size) < 1 or max(size) > STEEPEST_RATIO * min(size):
        raise BadRequestError("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _png_size(content: bytes) -> tuple[int, int] | None:
    if len(content) < 24 or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Walk the segments of a JPEG to the one that tells its size."""
    if not content.startswith(_JPEG):
        return None
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + struct.unpack(">H", content[position + 2 : position + 4])[0]
    return None
