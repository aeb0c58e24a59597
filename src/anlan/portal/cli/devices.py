"""`anlan decode` and `anlan simulate …`: no framework, only the codec and a socket."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any

from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble

Play = Callable[[argparse.Namespace, str, int], Coroutine[Any, Any, int]]


def decode(asked: argparse.Namespace) -> int:
    from anlan.portal import decoding

    try:
        return decoding.explain(asked.protocol, _lines(asked.frame))
    except KeyError:
        line = _("no such protocol: {name}; there are {known}")
        known = ", ".join(decoding.PROTOCOLS)
        raise Trouble(line.format(name=asked.protocol, known=known), 2) from None


def _lines(sources: Sequence[str]) -> Iterator[str]:
    """The lines of standard input (``-``), of files, or a frame typed on the command line."""
    for source in sources:
        if source == "-":
            yield from sys.stdin
        elif (path := Path(source)).is_file():
            yield from path.read_text(encoding="utf-8").splitlines()
        else:
            yield source


def simulate_sl651(asked: argparse.Namespace) -> int:
    from anlan.portal.cli.playing import play_sl651

    return _played(play_sl651, asked)


def simulate_hj212(asked: argparse.Namespace) -> int:
    from anlan.portal.cli.playing import play_hj212

    return _played(play_hj212, asked)


def simulate_jt808(asked: argparse.Namespace) -> int:
    from anlan.portal.cli.playing import play_jt808

    return _played(play_jt808, asked)


def simulate_mqtt(asked: argparse.Namespace) -> int:
    from anlan.portal.cli.playing import play_mqtt

    return _played(play_mqtt, asked)


def simulate_gb26875(asked: argparse.Namespace) -> int:
    from anlan.portal.cli.playing import play_gb26875

    return _played(play_gb26875, asked)


def _played(play: Play, asked: argparse.Namespace) -> int:
    host, _colon, port = asked.gateway.rpartition(":")
    if not host or not port.isdigit():
        raise Trouble(_("--gateway is written host:port, for example 127.0.0.1:5651"), 2)
    try:
        return asyncio.run(play(asked, host, int(port)))
    except ConnectionRefusedError:
        line = _("nothing listens at {address}; is `anlan up` running?")
        raise Trouble(line.format(address=asked.gateway)) from None
