"""The video platform: whose cameras are online, a live stream, a picture. No media goes through us.

Speaks the HTTP interface of WVP-GB28181-pro, which other platforms offer too.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode, urlsplit

from anlan.backbone.fetching import Unreachable, fetch
from anlan.vocabulary.clock import CHINA

WITHIN_S = 5.0
STARTS_WITHIN_S = 12.0  # a stream is asked of the device first
WRITTEN = "%Y-%m-%d %H:%M:%S"  # as the platform writes times, without zone: China's
MOST_CHANNELS = 1000
MOST_RECORDINGS = 500
MOST_PICTURE = 4 << 20
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


class PlatformAway(Exception):
    """The platform could not be asked, or its answer makes no sense."""


class Recording(NamedTuple):
    """So long a device has recorded without a break."""

    begins_at: datetime
    ends_at: datetime


class VideoPlatform(Protocol):
    """What is asked of a video platform; every method raises `PlatformAway`."""

    def channels(self, device: str) -> Mapping[str, bool]:
        """Channel number -> is it online, of one device."""
        ...

    def play(self, device: str, channel: str) -> str:
        """Start a live stream; its HLS address."""
        ...

    def picture(self, device: str, channel: str) -> tuple[bytes, str]:
        """The newest picture that it has, and its media type."""
        ...

    def recordings(
        self, device: str, channel: str, begins_at: datetime, ends_at: datetime
    ) -> list[Recording]:
        """What the device has recorded between two moments, in their order."""
        ...

    def playback(self, device: str, channel: str, begins_at: datetime, ends_at: datetime) -> str:
        """Start a stream of what was recorded; its HLS address."""
        ...


class Wvp:
    """A platform at a base address, asked with the access token that a file holds, if it is there.

    The file is read at every question: a token that was changed is taken without a restart.
    """

    def __init__(self, url: str, token_file: Path | None = None) -> None:
        self._url = url.rstrip("/")
        self._token_file = token_file

    def channels(self, device: str) -> Mapping[str, bool]:
        path = f"/api/device/query/devices/{device}/channels"
        data = self._data(path, {"page": "1", "count": str(MOST_CHANNELS)})
        rows = data.get("list")
        if not isinstance(rows, list):
            raise PlatformAway("no list of channels")
        found = {}
        for row in rows:
            if not isinstance(row, dict):
                continue
            number = row.get("channelId") or row.get("deviceId") or row.get("gbDeviceId")
            if isinstance(number, str):
                found[number] = row.get("status") in (True, "ON", "on", 1, "1")
        return found

    def play(self, device: str, channel: str) -> str:
        return _address(self._data(f"/api/play/start/{device}/{channel}", {}, STARTS_WITHIN_S))

    def recordings(
        self, device: str, channel: str, begins_at: datetime, ends_at: datetime
    ) -> list[Recording]:
        path = f"/api/gb_record/query/{device}/{channel}"
        data = self._data(path, _between(begins_at, ends_at), STARTS_WITHIN_S)
        rows = data.get("recordList") or []
        if not isinstance(rows, list):
            raise PlatformAway("no list of recordings")
        return sorted(one for row in rows[:MOST_RECORDINGS] if (one := _recording(row)))

    def playback(self, device: str, channel: str, begins_at: datetime, ends_at: datetime) -> str:
        path = f"/api/playback/start/{device}/{channel}"
        return _address(self._data(path, _between(begins_at, ends_at), STARTS_WITHIN_S))

    def picture(self, device: str, channel: str) -> tuple[bytes, str]:
        body = self._get(f"/api/device/query/snap/{device}/{channel}", {})
        for mark, kind in PICTURES.items():
            if body.startswith(mark) and len(body) <= MOST_PICTURE:
                return body, kind
        raise PlatformAway("no picture")

    def _data(
        self, path: str, query: Mapping[str, str], within_s: float = WITHIN_S
    ) -> dict[str, Any]:
        try:
            answer = json.loads(self._get(path, query, within_s))
        except ValueError:
            raise PlatformAway("the answer is no JSON") from None
        if not isinstance(answer, dict) or answer.get("code") != 0:
            said = answer.get("msg") if isinstance(answer, dict) else ""
            raise PlatformAway(str(said)[:160] or "the platform refused")
        data = answer.get("data")
        if not isinstance(data, dict):
            raise PlatformAway("the answer holds no data")
        return data

    def _get(self, path: str, query: Mapping[str, str], within_s: float = WITHIN_S) -> bytes:
        url = f"{self._url}{path}" + (f"?{urlencode(query)}" if query else "")
        try:
            # The operator has named the platform: it may lie in a private network.
            answer = fetch(url, {}, self._secret(), [urlsplit(url).netloc], within_s)
        except Unreachable as fault:
            raise PlatformAway(str(fault)) from None
        return answer.body or b""

    def _secret(self) -> dict[str, str]:
        if self._token_file is None or not self._token_file.exists():
            return {}
        try:
            token = self._token_file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeError):
            raise PlatformAway("the file of the access token cannot be read") from None
        return {"access-token": token} if token else {}


def _address(data: Mapping[str, Any]) -> str:
    url = data.get("https_hls") or data.get("hls")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise PlatformAway("no HLS address")
    return url


def _between(begins_at: datetime, ends_at: datetime) -> dict[str, str]:
    return {
        "startTime": begins_at.astimezone(CHINA).strftime(WRITTEN),
        "endTime": ends_at.astimezone(CHINA).strftime(WRITTEN),
    }


def _recording(row: object) -> Recording | None:
    """A line of the list; None where its times cannot be read."""
    if not isinstance(row, dict):
        return None
    try:
        begins, ends = (
            datetime.strptime(str(row.get(key)), WRITTEN).replace(tzinfo=CHINA)
            for key in ("startTime", "endTime")
        )
    except ValueError:
        return None
    return Recording(begins, ends) if begins < ends else None
