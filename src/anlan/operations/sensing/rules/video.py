"""What a camera's identifiers and addresses must look like (GB/T 28181 annex on coding)."""

import re
from enum import StrEnum
from urllib.parse import urlsplit

from anlan.vocabulary.words import N_, NP_, Term


class CameraState(StrEnum):
    """As the video platform says; UNKNOWN where it has not said it."""

    ONLINE = "online"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


STATE_WORDS: dict[str, Term] = {
    CameraState.ONLINE: NP_("camera", "Online"),
    CameraState.OFFLINE: NP_("camera", "Offline"),
    CameraState.UNKNOWN: NP_("camera", "Not known"),
}
STATE_MARKS = {"online": "done", "offline": "stop", "unknown": "wait"}
UNCONNECTED: Term = NP_("camera", "Not connected to a platform")
DEVICE_TYPES = frozenset({"111", "118", "131", "132", "200"})  # DVR, NVR, cameras, platform
CHANNEL_TYPES = frozenset({"131", "132"})
NOT_20_DIGITS = N_("a GB/T 28181 identifier has 20 digits")
NO_CAMERAS_TYPE = N_("the type in the identifier (11th to 13th digit) is no camera's")
UNREADABLE = N_("the stream's address cannot be read")
_DIGITS = re.compile(r"[0-9]{20}")


def wrong_id(text: str, types: frozenset[str]) -> str:
    """What is wrong with an identifier of 20 digits, type at the 11th to 13th; "" if nothing."""
    if not _DIGITS.fullmatch(text):
        return NOT_20_DIGITS
    return "" if text[10:13] in types else NO_CAMERAS_TYPE


def wrong_address(text: str, *schemes: str) -> str:
    """What is wrong with a stream's address; the answer never repeats it."""
    try:
        parts = urlsplit(text)
        right = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        right = False
    return "" if right else UNREADABLE
