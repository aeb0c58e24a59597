"""`anlan decode` and `anlan simulate …`: no framework, only the codec and a socket."""

import argparse
import asyncio
import os
import re
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble

_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_TYPED = ("##", "<")  # how a frame of HJ 212 and a document begin, and no file's name
Play = Callable[[argparse.Namespace, str, int], Coroutine[Any, Any, int]]


def decode(asked: argparse.Namespace) -> int:
    from anlan.portal import decoding

    try:
        whole = asked.protocol == "cap"  # a document names its own coding
        return decoding.explain(asked.protocol, _lines(asked.frame, whole=whole))
    except KeyError:
        line = _("no such protocol: {name}; there are {known}")
        known = ", ".join(decoding.PROTOCOLS)
        raise Trouble(line.format(name=asked.protocol, known=known), 2) from None


def _lines(sources: Sequence[str], *, whole: bool) -> Iterator[str | bytes]:
    """The lines of standard input (``-``), of files, or a frame typed on the command line.

    whole: a file is one piece, as its bytes are.
    """
    for source in sources:
        if source == "-":
            yield from _pieces(sys.stdin.buffer, _("standard input"), whole=whole)
        elif os.path.isfile(source):  # False of a frame that is longer than any name
            with Path(source).open("rb") as file:
                yield from _pieces(file, source, whole=whole)
        elif source.startswith(_TYPED):
            yield source
        elif (path := Path(source)).suffix or len(path.parts) > 1:
            raise Trouble(_("there is no file {file}").format(file=source), 2)
        else:
            yield source


def _pieces(file: BinaryIO, name: str, *, whole: bool) -> Iterator[str | bytes]:
    """Line by line as they come; from the first that is no text in UTF-8 on, the bytes: a dump, or
    text in GBK."""
    line = file.readline()
    if not line:
        raise Trouble(_("{file} is empty").format(file=name), 2)
    while line:
        text = None if whole else _text(line)
        if text is None:
            yield line + file.read()
            return
        yield text
        line = file.readline()


def _text(line: bytes) -> str | None:
    try:
        return None if _NO_TEXT.search(line) else line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


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
    except OSError as error:  # no such host, nobody answers, the line was cut
        line = _("{address} cannot be reached, or does not answer: {reason}")
        reason = error.strerror or str(error) or _("nothing came in time")
        raise Trouble(line.format(address=asked.gateway, reason=reason)) from None
