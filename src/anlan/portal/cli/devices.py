"""`anlan decode` and `anlan simulate sl651`: no framework, only the codec and a socket."""

import argparse
import sys

from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble


def decode(asked: argparse.Namespace) -> int:
    from anlan.portal import decoding

    text = sys.stdin.read() if asked.frame == ["-"] else " ".join(asked.frame)
    digits = "".join(text.split()).removeprefix("0x")
    try:
        raw = bytes.fromhex(digits)
    except ValueError:
        raise Trouble(_("the frame must be hexadecimal digits, two for each byte"), 2) from None
    return decoding.explain(asked.protocol, raw)


def simulate_sl651(asked: argparse.Namespace) -> int:
    import asyncio

    from anlan.portal.cli.playing import play

    host, _colon, port = asked.gateway.rpartition(":")
    if not host or not port.isdigit():
        raise Trouble(_("--gateway is written host:port, for example 127.0.0.1:5651"), 2)
    try:
        return asyncio.run(play(asked, host, int(port)))
    except ConnectionRefusedError:
        line = _("nothing listens at {address}; is `anlan up` running?")
        raise Trouble(line.format(address=asked.gateway)) from None
