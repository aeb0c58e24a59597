"""`anlan words check` and `anlan words compile`."""

import argparse

from anlan.portal.cli.language import _


def check(asked: argparse.Namespace) -> int:
    from anlan.portal import words

    return words.main(["check"])


def compile_(asked: argparse.Namespace) -> None:
    from anlan.portal import words

    print(_("{count} catalogues compiled").format(count=words.compile_catalogues()))
