"""What a process can be: the whole platform, or one part of it beside others.

Apart, the parts meet at the database and, for frames, at a bus (`ANLAN_EVENTS_URL`): gateways
publish what they have spooled, recorders write it down.
"""

import contextlib
import signal
import socket
import threading
from collections.abc import Iterator, Mapping

from django.conf import settings

from anlan.backbone.intake import SpoolIntake
from anlan.backbone.jetstream import Forwarder, JetStreamIntake
from anlan.operations.sensing.actions import video_platform
from anlan.portal import server
from anlan.portal.brokers import brokers
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble
from anlan.portal.computing import jobs_at
from anlan.portal.listening import address, allow_many_files, bound
from anlan.portal.polling import start_asking
from anlan.portal.rounds import Rounds

BUS_SCHEMES = ("nats://", "tls://")


def up(*, host: str, port: int, ports: Mapping[str, int]) -> int:
    """`anlan up`: everything in one process until Ctrl-C or SIGTERM.

    `ports`: protocol -> the port where devices that speak so report. With a bus, what is spooled
    here goes over it, and this process is one of its recorders.
    """
    web = bound(host, port)
    field = _field(host, ports)
    with server.engine() as working, contextlib.ExitStack() as open_:
        intake: SpoolIntake | JetStreamIntake = SpoolIntake(working.spool)
        if settings.ANLAN_EVENTS_URL:
            open_.callback(Forwarder(working.spool, _bus()).close)
            intake = JetStreamIntake(_bus())
            open_.callback(intake.close)
        recorder, chores = Rounds(intake, None), Rounds(None, working.jobs)

        def work(stop: threading.Event) -> None:
            """Recording never waits for a chore, nor either for a feed."""
            start_asking(stop, video_platform())
            recording = threading.Thread(target=recorder.run_until, args=(stop,), name="recorder")
            recording.start()
            try:
                chores.run_until(stop)
            finally:
                stop.set()
                recording.join()

        print(_("Anlan is up: {url}").format(url=address(web)), flush=True)
        _say_gateways(host, field)
        print(_("Ctrl-C stops it."), flush=True)
        server.serve(working.spool, field, web, work)
    print(_("Anlan has stopped"), flush=True)
    return 0


def gateway(*, host: str, ports: Mapping[str, int]) -> int:
    """`anlan gateway`: devices only; what they say goes over the bus."""
    bus, field = _bus(), _field(host, ports)
    with server.spool() as spool, contextlib.closing(Forwarder(spool, bus)):
        _say_gateways(host, field)
        print(_("Ctrl-C stops it."), flush=True)
        server.serve(spool, field, None, _wait)
    return 0


def recorder() -> int:
    """`anlan recorder`: from the bus into the database; as many beside each other as are wanted."""
    with contextlib.closing(JetStreamIntake(_bus())) as intake, _until_told() as stop:
        print(_("The recorder is at work."), flush=True)
        Rounds(intake, None).run_until(stop)
    return 0


def worker() -> int:
    """`anlan worker`: everything the platform does by itself but recording."""
    with jobs_at(settings.ANLAN_JOBS_URL) as (jobs, _width), _until_told() as stop:
        start_asking(stop, video_platform())
        print(_("The worker is at work."), flush=True)
        Rounds(None, jobs).run_until(stop)
    return 0


def web(*, host: str, port: int) -> int:
    """`anlan web`: the pages only."""
    pages = bound(host, port)
    print(_("Anlan is up: {url}").format(url=address(pages)), flush=True)
    server.serve(None, {}, pages, _wait)
    return 0


def _bus() -> str:
    url = str(settings.ANLAN_EVENTS_URL)
    if not url:
        raise Trouble(_("name the bus between the processes: ANLAN_EVENTS_URL=nats://host:4222"), 2)
    if not url.startswith(BUS_SCHEMES):
        raise Trouble(_("ANLAN_EVENTS_URL must begin with nats:// or tls://"), 2)
    return url


def _field(host: str, ports: Mapping[str, int]) -> dict[str, socket.socket]:
    allow_many_files()
    brokers()  # one that cannot be used is said before anything opens
    return {protocol: bound(host, number) for protocol, number in ports.items()}


def _say_gateways(host: str, field: Mapping[str, socket.socket]) -> None:
    for protocol, bound_to in field.items():
        line, number = _("{name} gateway on {host}:{port}"), bound_to.getsockname()[1]
        print(line.format(name=server.GATEWAYS[protocol][0], host=host, port=number), flush=True)


def _wait(stop: threading.Event) -> None:
    stop.wait()


@contextlib.contextmanager
def _until_told() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set; a second one ends at once."""
    stop = threading.Event()

    def told(_number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, told)
    server.keep_what_is_loaded()
    yield stop
