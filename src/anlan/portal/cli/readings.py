"""`anlan readings import`: readings from a file, all of it or nothing."""

import argparse

from anlan.portal.cli import framework
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble

SHOWN = 40


def import_(asked: argparse.Namespace) -> int:
    if not asked.file.is_file():
        raise Trouble(_("there is no file {file}").format(file=asked.file), 2)
    framework.start()
    framework.migrate()
    from django.utils.translation import gettext

    from anlan.operations.people.actions import PLATFORM
    from anlan.operations.sensing.actions import check_rows, keep_file, take_file
    from anlan.vocabulary import clock
    from anlan.vocabulary.transitions import Refused

    raw = asked.file.read_bytes()
    try:
        for one in check_rows(raw).refused[:SHOWN]:
            line = _("{file} row {row}, {field}: {reason}")
            print(line.format(
                file=asked.file.name, row=one.number, field=one.where, reason=one.reason
            ))  # fmt: skip
        taken = take_file(PLATFORM, keep_file(PLATFORM, asked.file.name, raw))
    except Refused as fault:
        words = gettext(fault.message)
        raise Trouble(words % fault.parameters if fault.parameters else words) from None
    if taken.again:
        line = _("{file} was imported before, {at}: nothing was changed")
        at = taken.at.astimezone(clock.CHINA)
        print(line.format(file=asked.file.name, at=f"{at:%Y-%m-%d %H:%M}"))
        return 0
    line = _("{file} is imported: {stored} new, {revised} revised, {repeated} known already")
    print(line.format(file=asked.file.name, stored=taken.stored, revised=taken.revised,
                      repeated=taken.repeated))  # fmt: skip
    return 0
