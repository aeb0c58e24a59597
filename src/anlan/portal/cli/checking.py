"""`anlan doctor` and `anlan version`."""

import argparse


def version(asked: argparse.Namespace) -> None:
    import platform
    from importlib.metadata import version as version_of

    print(f"anlan {version_of('anlan')} · Python {platform.python_version()}")


def doctor(asked: argparse.Namespace) -> int:
    """0 when nothing that the platform needs is missing."""
    from anlan.portal import doctor as examination

    return examination.report()
