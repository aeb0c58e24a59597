"""The stage of a drill: gateway, pages and conductor in one process, on the throw-away copy."""

import os
import socket
import sys
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from anlan.operations.drills.actions import Direction, Pace, play, write_report
from anlan.operations.drills.rules.played import Played
from anlan.portal import listening, server
from anlan.portal.cli import INTERRUPTED, framework
from anlan.portal.cli.language import _
from anlan.portal.exercise import House, Playing
from anlan.portal.furnishing import furnish
from anlan.vocabulary import clock

WIDTH = 30
LINES = 20
AFTERWARDS = timedelta(hours=1)


@dataclass(slots=True)
class Stage:
    """The running platform as a drill sees it."""

    working: server.Engine
    gateway: tuple[str, int]
    shown: int = -1
    on_terminal: bool = field(default_factory=sys.stderr.isatty)

    @property
    def computing(self) -> bool:
        return self.working.rounds.computing

    def turn(self) -> int:
        return self.working.rounds.turn()

    def settle(self, wait_jobs: bool) -> None:
        self.working.rounds.settle(wait_jobs=wait_jobs)

    def progress(self, done: float, stage: float | None) -> None:
        """A bar on a terminal; elsewhere a line every twentieth."""
        said = f"{clock.now():%m-%d %H:%M}" + ("" if stage is None else f"  {stage:.2f} m")
        if self.on_terminal:
            full = round(done * WIDTH)
            bar = "█" * full + "░" * (WIDTH - full)
            print(f"\r{bar} {done:4.0%}  {said}  ", end="", file=sys.stderr, flush=True)
        elif int(done * LINES) != self.shown:
            self.shown = int(done * LINES)
            print(f"{done:4.0%}  {said}", file=sys.stderr, flush=True)


def perform(plan: Playing, house: House) -> int:
    """Furnish the house, play, write the report; 0 when the drill ended as it should."""
    web = None if plan.port is None else listening.bound("127.0.0.1", plan.port)
    field_port = listening.bound("127.0.0.1", 0)
    framework.migrate()
    furnish(house, plan.district, plan.households)
    if web is not None:
        settings.ANLAN_PUBLIC_URL = listening.address(web)
    codes: list[int] = []
    with server.engine() as working:
        stage = Stage(working, field_port.getsockname()[:2])
        direction = Direction(
            scenario=plan.scenario, speed=plan.speed, by_hand=plan.by_hand,
            shift_hours=plan.shift_hours, raise_m=plan.raise_m,
        )  # fmt: skip

        def conduct(stop: threading.Event) -> None:
            played = play(direction, stage, stop)
            codes.append(_tell(played, plan))
            if plan.stays:
                _stay(stage, stop)

        server.serve(working.spool, {"sl651": field_port}, web, conduct, lambda: _ready(web))
    return codes[0] if codes else 1


def _ready(web: socket.socket | None) -> None:
    if web is not None:
        print(f"ready {listening.address(web)}", flush=True)


def _tell(played: Played, plan: Playing) -> int:
    """Write the report and say in one line how the drill ended."""
    if sys.stderr.isatty():
        print(file=sys.stderr)
    written = write_report(played, plan.out)
    if played.fault:
        print(
            "anlan: " + _("the drill failed: {fault}").format(fault=played.fault), file=sys.stderr
        )
    elif not played.finished:
        print(_("the drill was stopped before its end"), file=sys.stderr)
        return 0 if plan.stays else INTERRUPTED
    else:
        line = _("the drill is over after {seconds:.0f} s; report: {path}")
        print(line.format(seconds=played.wall.total_s, path=_short(written[1])), flush=True)
    return 0 if played.finished else 1


def _short(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _stay(stage: Stage, stop: threading.Event) -> None:
    """The drill is over, the pages stay: time goes on as outside, until asked to stop."""
    pace = Pace(1.0, lambda: False)
    while not stop.is_set():
        pace.reach(clock.now() + AFTERWARDS, stage.turn, stop)
