"""`anlan up`, its parts apart, `anlan demo` and `anlan db migrate`."""

import argparse

from anlan.portal.cli import framework
from anlan.portal.cli.language import _


def up(asked: argparse.Namespace) -> int:
    framework.start()
    framework.migrate()
    from anlan.portal import roles

    return roles.up(host=asked.host, port=asked.port, ports=_ports(asked))


def gateway(asked: argparse.Namespace) -> int:
    framework.start()
    from anlan.portal import roles

    return roles.gateway(host=asked.host, ports=_ports(asked))


def recorder(asked: argparse.Namespace) -> int:
    framework.start()
    from anlan.portal import roles

    return roles.recorder()


def worker(asked: argparse.Namespace) -> int:
    framework.start()
    from anlan.portal import roles

    return roles.worker()


def web(asked: argparse.Namespace) -> int:
    framework.start()
    from anlan.portal import roles

    return roles.web(host=asked.host, port=asked.port)


def _ports(asked: argparse.Namespace) -> dict[str, int]:
    """Where devices report, by protocol."""
    return {
        "sl651": asked.sl651_port, "hj212": asked.hj212_port, "mqtt": asked.mqtt_port,
        "jt808": asked.jt808_port, "gb26875": asked.gb26875_port,
    }  # fmt: skip


def demo(asked: argparse.Namespace) -> int:
    from anlan.portal import demo as show

    return show.run(port=asked.port, households=asked.households, pace=asked.pace)


def migrate(asked: argparse.Namespace) -> None:
    framework.start()
    applied = framework.migrate()
    print(_("{count} migrations applied").format(count=applied))
