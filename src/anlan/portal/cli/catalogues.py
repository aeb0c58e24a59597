"""`anlan words check` and `anlan words compile`."""

import argparse

from anlan.portal.cli.language import _

SHOWN = 60


def check(asked: argparse.Namespace) -> int:
    from anlan.portal import words

    faults = words.check()
    for fault in faults[:SHOWN]:
        print(fault)
    if not faults:
        print(_("every message has its Chinese"))
        return 0
    print(_("{count} messages to mend").format(count=len(faults)))
    return 1


def compile_(asked: argparse.Namespace) -> None:
    from anlan.portal import words

    print(_("{count} catalogues compiled").format(count=words.compile_all()))
