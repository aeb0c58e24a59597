"""Live pages: a stream that says "something happened", at most once a second.

One question a second is asked of the database however many screens listen. The stream also carries
the platform's clock, because in a drill that is not the browser's.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from anlan.operations.people.queries import newest_event_id, scope_of
from anlan.portal.navigation import rail
from anlan.vocabulary import clock

POLL_S = 1.0
# A stream ends by itself and the browser opens it again: a closed session does not listen on.
TURNS = 600
CLOCK_EVERY = 10


@dataclass(slots=True)
class Pulse:
    """The newest event id, asked for once a period for all listeners of one event loop."""

    period_s: float = POLL_S
    newest: int = 0
    asked_at: float = float("-inf")
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def now(self) -> int:
        async with self.lock:
            instant = asyncio.get_running_loop().time()
            if instant - self.asked_at >= self.period_s * 0.9:
                self.newest = await sync_to_async(newest_event_id)()
                self.asked_at = instant
            return self.newest


_pulses: dict[int, Pulse] = {}
_closing = False


def stop_all() -> None:
    """Let every open stream end within a second: called when the server goes down."""
    global _closing
    _closing = True


def _pulse() -> Pulse:
    loop = asyncio.get_running_loop()
    return _pulses.setdefault(id(loop), Pulse())


async def live(request: HttpRequest) -> HttpResponseBase:
    """Server-Sent Events: `changed` with the newest event id, `clock` with the platform's time."""
    account = await request.auser()
    if not account.is_authenticated:
        return HttpResponse(status=401)
    answer = StreamingHttpResponse(stream(_pulse()), content_type="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


async def stream(pulse: Pulse, turns: int = TURNS) -> AsyncIterator[str]:
    """The events of one listener until it leaves, the server stops or `turns` have passed."""
    known = await pulse.now()
    yield f"retry: 2000\n\nevent: changed\ndata: {known}\n\n" + _clock()
    said = 0
    for turn in range(turns):
        if _closing:
            return
        await asyncio.sleep(pulse.period_s)
        newest = await pulse.now()
        if newest != known:
            known = newest
            yield f"event: changed\ndata: {newest}\n\n{_clock()}"
            said = turn
        elif turn - said >= CLOCK_EVERY or _moves_by_itself():
            yield _clock()
            said = turn


def _moves_by_itself() -> bool:
    """Whether the process's clock is a drill's: then every second is worth saying."""
    return not isinstance(clock.current(), clock.WallClock)


def _clock() -> str:
    return f"event: clock\ndata: {clock.now().isoformat()}\n\n"


@never_cache
def frame_parts(request: HttpRequest) -> HttpResponse:
    """The rail's counts and the situation strip, for pages that stay open."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    at = request.GET.get("at", "/")
    places = rail(scope_of(request.user), urlsplit(at).path)
    return render(request, "parts/frame.html", {"at": at, "rail": places})
