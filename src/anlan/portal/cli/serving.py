"""`anlan up`, `anlan demo` and `anlan db migrate`."""

import argparse

from anlan.portal.cli import framework
from anlan.portal.cli.language import _


def up(asked: argparse.Namespace) -> int:
    framework.start()
    framework.migrate()
    from anlan.portal import server

    ports = {"sl651": asked.sl651_port, "hj212": asked.hj212_port}
    return server.up(host=asked.host, port=asked.port, ports=ports)


def demo(asked: argparse.Namespace) -> int:
    from anlan.portal import demo as show

    return show.run(port=asked.port, households=asked.households, pace=asked.pace)


def migrate(asked: argparse.Namespace) -> None:
    framework.start()
    applied = framework.migrate()
    print(_("{count} migrations applied").format(count=applied))
