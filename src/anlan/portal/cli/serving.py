"""`anlan up`, `anlan demo` and `anlan db migrate`."""

import argparse

from anlan.portal.cli import framework
from anlan.portal.cli.language import _


def up(asked: argparse.Namespace) -> int:
    framework.start()
    framework.migrate()
    from anlan.portal import server

    return server.up(host=asked.host, port=asked.port, gateway_port=asked.gateway_port)


def demo(asked: argparse.Namespace) -> int:
    from anlan.portal import demo as show

    return show.run(port=asked.port, households=asked.households, pace=asked.pace)


def migrate(asked: argparse.Namespace) -> None:
    framework.start()
    applied = framework.migrate()
    print(_("{count} migrations applied").format(count=applied))
