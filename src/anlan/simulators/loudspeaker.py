"""A village loudspeaker post as a device: a small HTTP server that speaks a text once.

``POST /play {id, text, standing, signature}`` with the signature HMAC-SHA256(key, id + "\\n" +
standing + "\\n" + text) in hex. It answers with a receipt ``{id, played_at, seconds, signature}``,
signed over id, time and seconds in the same way. The same order twice is spoken once. Nothing
sounds: what was spoken is logged and kept in `played`.
"""

import asyncio
import hashlib
import hmac
import json
import logging
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing

log = logging.getLogger(__name__)

CHARACTERS_PER_S = 4.0
LARGEST_BODY = 64 * 1024
PATIENCE_S = 10.0
FIELDS = ("id", "text", "standing", "signature")


class _Refused(Exception):
    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass(frozen=True, slots=True)
class Played:
    """One text the post has spoken; `seconds` is how long it took."""

    id: str
    text: str
    standing: Standing
    played_at: datetime
    seconds: float


class LoudspeakerPost:
    """A post with a key and the standings it may carry."""

    def __init__(
        self, name: str, key: str, standings: frozenset[Standing] = frozenset(Standing)
    ) -> None:
        self.name = name
        self.played: dict[str, Played] = {}
        self._key = key
        self._standings = standings
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """The port it listens on; 0 when it does not."""
        sockets = self._server.sockets if self._server else ()
        return int(sockets[0].getsockname()[1]) if sockets else 0

    async def listen(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, host, port, limit=LARGEST_BODY)

    def close(self) -> None:
        if self._server is not None:
            self._server.close()

    def play(self, order: object) -> dict[str, object]:
        """The receipt for an order; raises `_Refused`."""
        if not isinstance(order, dict) or not all(isinstance(order.get(f), str) for f in FIELDS):
            raise _Refused(HTTPStatus.BAD_REQUEST, f"an order has {', '.join(FIELDS)}, all text")
        wanted = sign(self._key, order["id"], order["standing"], order["text"])
        if not hmac.compare_digest(wanted.encode(), order["signature"].encode()):
            raise _Refused(HTTPStatus.FORBIDDEN, "the signature is not ours")
        if order["standing"] not in self._standings:
            raise _Refused(HTTPStatus.UNPROCESSABLE_ENTITY, f"no {order['standing']} here")
        known = self.played.get(order["id"])
        if known is not None and known.text != order["text"]:
            raise _Refused(HTTPStatus.CONFLICT, "this id was another text")
        return self._receipt(known or self._speak(order))

    def _speak(self, order: dict[str, str]) -> Played:
        seconds = round(len(order["text"]) / CHARACTERS_PER_S, 1)
        standing = Standing(order["standing"])
        played = Played(order["id"], order["text"], standing, clock.now(), seconds)
        self.played[played.id] = played
        log.info("post %s speaks [%s] %s", self.name, standing, played.text)
        return played

    def _receipt(self, played: Played) -> dict[str, object]:
        at = played.played_at.isoformat()
        signature = sign(self._key, played.id, at, f"{played.seconds}")
        return {
            "id": played.id,
            "played_at": at,
            "seconds": played.seconds,
            "signature": signature,
        }

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                status, answer = await self._answer(reader)
                body = json.dumps(answer, ensure_ascii=False).encode()
                head = (
                    f"HTTP/1.1 {status.value} {status.phrase}\r\n"
                    "Content-Type: application/json; charset=utf-8\r\n"
                    f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
                )
                writer.write(head.encode() + body)
                await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            log.info("post %s was left in the middle of an order", self.name)
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[HTTPStatus, dict[str, object]]:
        try:
            return HTTPStatus.OK, self.play(await _order(reader))
        except _Refused as refused:
            return refused.status, {"error": str(refused)}


async def _order(reader: asyncio.StreamReader) -> object:
    """The JSON of a POST to /play."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path = [*head[0].split(" "), "", ""][:2]
    if path != "/play":
        raise _Refused(HTTPStatus.NOT_FOUND, "only /play")
    if method != "POST":
        raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED, "only POST")
    fields = {name.strip().lower(): value for name, _, value in (x.partition(":") for x in head)}
    length = fields.get("content-length", "").strip()
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {LARGEST_BODY} bytes")
    try:
        return json.loads(await reader.readexactly(int(length)))
    except ValueError:
        raise _Refused(HTTPStatus.BAD_REQUEST, "not JSON") from None


def sign(key: str, *parts: str) -> str:
    """HMAC-SHA256 of the parts, one a line, in hex."""
    return hmac.new(key.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()
