"""One process that serves people, devices, or both, while something works behind them.

The main thread's event loop serves; one background thread walks the rounds (or, in a drill,
conducts them). Ctrl-C and SIGTERM finish the turn, close the spool and end.
"""

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import uvicorn
from django.conf import settings

from anlan.backbone.commands import desk
from anlan.backbone.intake import SpoolIntake
from anlan.backbone.jobs import Jobs
from anlan.backbone.spool import Spool, SpoolFault
from anlan.gateways import conversation, gb26875, hj212, jt808, listener, mqtt, sl651
from anlan.gateways.directory import DeviceDirectory, DeviceEntry
from anlan.gateways.limits import Limits
from anlan.gateways.listener import Gateway
from anlan.operations.sensing.queries import directory as devices
from anlan.operations.sensing.queries import maps_for_gateways, open_commands
from anlan.portal import live
from anlan.portal.brokers import linked
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble
from anlan.portal.computing import jobs_at
from anlan.portal.rounds import Rounds
from anlan.vocabulary.readings import Command

logger = logging.getLogger(__name__)

NEW_DEVICES_EVERY_S = 10.0
ORDERS_EVERY_S = 0.5  # where the pages, and with them the desk, are another process
GOODBYE_S = 3
# Longer than people pause: a connection closed under a request that is on its way fails it.
KEEP_ALIVE_S = 75
TURN_ENDS_WITHIN_S = 60.0
Background = Callable[[threading.Event], None]
MQTT_PACKET_KB = (4, 256)  # a line of the spool holds 1 MiB, in hex
OVER_UDP_TOO = ("sl651", "jt808")  # on the same port number
# How devices speak, and the name an installer knows it by.
GATEWAYS: dict[str, tuple[str, type[conversation.Conversation[Any]]]] = {
    "sl651": ("SL 651", sl651.Conversation),
    "hj212": ("HJ 212", hj212.Conversation),
    "mqtt": ("MQTT", mqtt.Conversation),
    "jt808": ("JT/T 808", jt808.Conversation),
    "gb26875": ("GB/T 26875.3", gb26875.Conversation),
}


@dataclass(slots=True)
class Engine:
    """What works behind the pages: the spool, the job pool and the rounds over both."""

    spool: Spool
    jobs: Jobs
    rounds: Rounds


@contextlib.contextmanager
def spool() -> Iterator[Spool]:
    """This installation's spool; one process has it."""
    try:
        opened = Spool(settings.ANLAN_HOME / "spool")
    except SpoolFault:
        line = _("the platform is already running on {folder}; stop it first or set ANLAN_HOME")
        raise Trouble(line.format(folder=settings.ANLAN_HOME)) from None
    with contextlib.closing(opened):
        yield opened


@contextlib.contextmanager
def engine() -> Iterator[Engine]:
    """Open this installation's spool and job pool; closed again whatever happens."""
    with spool() as opened, jobs_at(settings.ANLAN_JOBS_URL) as (jobs, _width):
        yield Engine(opened, jobs, Rounds(SpoolIntake(opened), jobs))


def keep_what_is_loaded() -> None:
    """The code and its tables stay: the collector need not go through them again and again."""
    gc.collect()
    gc.freeze()


def serve(
    into: Spool | None,
    field: Mapping[str, socket.socket],
    web: socket.socket | None,
    background: Background,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve devices (and people) until the background returns or a signal asks to stop.

    `field`: protocol -> the bound socket where devices that speak so report, `into` a spool.
    `ready` is called once everything answers. A fault of the background is raised here.
    """
    asyncio.run(_Service(into, background, ready).run(field, web))


class _Web(uvicorn.Server):
    """uvicorn without its own signal handling: one place decides when the process ends."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Service:
    def __init__(
        self, spool: Spool | None, background: Background, ready: Callable[[], None]
    ) -> None:
        self._spool = spool
        self._background = background
        self._ready = ready
        self._stop = threading.Event()
        self._ended = asyncio.Event()
        self._fault: BaseException | None = None

    async def run(self, field: Mapping[str, socket.socket], web: socket.socket | None) -> None:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, self._ask_to_stop)
        thread = threading.Thread(target=self._work, args=(loop,), name="rounds", daemon=True)
        async with contextlib.AsyncExitStack() as open_:
            for protocol, bound_to in field.items():
                if self._spool is None:
                    raise ValueError("devices are heard into a spool")
                gateway = await _open_gateway(protocol, bound_to, self._spool)
                open_.push_async_callback(_close, gateway)
                open_.callback(_carry_orders(gateway))
                if protocol == mqtt.Conversation.protocol:
                    open_.enter_context(linked(gateway))
                orders_every_s = NEW_DEVICES_EVERY_S if web is not None else ORDERS_EVERY_S
                for keeping in (_refresh(protocol, gateway),
                                _renew_orders(protocol, gateway, orders_every_s)):  # fmt: skip
                    open_.callback(asyncio.create_task(keeping).cancel)
            if web is not None:
                open_.push_async_callback(self._close_web, *self._open_web(web))
            keep_what_is_loaded()
            self._ready()
            thread.start()
            await self._ended.wait()
        await asyncio.to_thread(thread.join, TURN_ENDS_WITHIN_S)
        if self._fault is not None:
            raise self._fault

    def _ask_to_stop(self) -> None:
        if self._stop.is_set():
            raise KeyboardInterrupt
        self._stop.set()
        self._ended.set()

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            self._background(self._stop)
        except BaseException as fault:
            self._fault = fault
        finally:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._ended.set)

    def _open_web(self, web: socket.socket) -> "tuple[_Web, asyncio.Task[None]]":
        from anlan.portal.asgi import application

        # Static files are small and read in a thread; Django need not tell every operator so.
        warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume")
        server = _Web(
            uvicorn.Config(
                application, lifespan="off", log_level="warning", access_log=False,
                timeout_graceful_shutdown=GOODBYE_S, timeout_keep_alive=KEEP_ALIVE_S,
                server_header=False, forwarded_allow_ips=settings.ANLAN_PROXIES,
            )
        )  # fmt: skip
        return server, asyncio.create_task(server.serve(sockets=[web]))

    async def _close_web(self, server: _Web, task: "asyncio.Task[None]") -> None:
        live.stop_all()
        server.should_exit = True
        await task


async def _open_gateway(protocol: str, bound_to: socket.socket, spool: Spool) -> Gateway:
    directory = await asyncio.to_thread(_directory, protocol)
    speaks = GATEWAYS[protocol][1]
    gateway = await listener.serve(speaks, directory, spool, sock=bound_to, limits=_limits())
    if protocol in OVER_UDP_TOO:
        await gateway.listen_udp(*bound_to.getsockname()[:2])
    return gateway


def _limits() -> Limits:
    """How much one connection may ask. Raises `Trouble` for a packet that no spool would take."""
    low, high = MQTT_PACKET_KB
    if not low <= settings.ANLAN_MQTT_PACKET_KB <= high:
        line = _("ANLAN_MQTT_PACKET_KB is {low} to {high}").format(low=low, high=high)
        raise Trouble(line, 2)
    return Limits(longest_packet=1024 * settings.ANLAN_MQTT_PACKET_KB)


async def _refresh(protocol: str, gateway: Gateway) -> None:
    """A station registered while the platform runs is heard without a restart."""
    while True:
        await asyncio.sleep(NEW_DEVICES_EVERY_S)
        try:
            gateway.directory = await asyncio.to_thread(_directory, protocol)
        except Exception:
            logger.exception("the device directory could not be read again")


async def _renew_orders(protocol: str, gateway: Gateway, every_s: float) -> None:
    """Orders come by the desk; what it lost, and what waited at the start, comes here."""
    while True:
        pause = every_s
        try:
            known = gateway.orders.waiting()
            gateway.renew_orders(await asyncio.to_thread(open_commands, protocol), known)
        except Exception:
            logger.exception("the orders could not be read")
            pause = NEW_DEVICES_EVERY_S
        await asyncio.sleep(pause)


def _directory(protocol: str) -> DeviceDirectory:
    """What the register knows of the devices that speak so."""
    entries = {
        device: DeviceEntry(
            row.password,
            secret=row.secret,
            account=row.account,
            gcj02=row.gcj02,
            also=row.also,
            terminal=row.terminal,
        )
        for device, row in devices(protocol).items()
    }
    return DeviceDirectory(entries, maps_for_gateways() if protocol == "mqtt" else ())


def _carry_orders(gateway: Gateway) -> Callable[[], None]:
    """Orders placed at the desk, in any thread, reach the gateway at once; call to end it."""
    loop = asyncio.get_running_loop()

    def carry(command: Command) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended: the register still holds it
            loop.call_soon_threadsafe(gateway.carry, command)

    return desk().listen(carry)


async def _close(gateway: Gateway) -> None:
    gateway.close()
    await gateway.wait_closed()
