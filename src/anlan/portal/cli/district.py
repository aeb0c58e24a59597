"""`anlan district load`, `anlan district terms` and `anlan import`."""

import argparse

from anlan.portal.cli import framework
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble


def load(asked: argparse.Namespace) -> int:
    framework.start()
    framework.migrate()
    from anlan.portal import loading

    return loading.load_district(
        asked.name, households=asked.households, seed=asked.seed, demo=asked.demo
    )


def terms(asked: argparse.Namespace) -> int:
    framework.start()
    framework.migrate()
    from anlan.portal import loading

    return loading.load_terms(asked.name)


def import_(asked: argparse.Namespace) -> int:
    if not asked.file.exists():
        raise Trouble(_("there is no file {file}").format(file=asked.file), 2)
    framework.start()
    framework.migrate()
    from anlan.portal import loading

    return loading.import_file(asked.kind, asked.file, asked.crs)
