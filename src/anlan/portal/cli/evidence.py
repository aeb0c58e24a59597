"""`anlan evidence seal`: photos and documents that were kept before files were sealed."""

import argparse

from anlan.portal.cli import framework
from anlan.portal.cli.language import _


def seal(asked: argparse.Namespace) -> int:
    """0 when none lies open any more."""
    framework.start()
    framework.migrate()
    from django.utils.translation import gettext

    from anlan.operations.safety.actions import seal_kept

    count = left = 0
    for some in seal_kept():
        for name, why in some.left:
            print(_("{file} lies open still: {why}").format(file=name, why=gettext(why)))
        count, left = count + some.count, left + len(some.left)
        print(_("{count} photos and documents sealed").format(count=count), flush=True)
    if not count + left:
        print(_("no photo or document lies open"))
    return 1 if left else 0
