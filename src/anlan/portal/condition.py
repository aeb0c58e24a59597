"""The condition of the records: facts nobody could handle, frames not yet taken over, terrain,
what waits on no desk."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from anlan.backbone.records import Found, scan
from anlan.operations.accidents.queries import waiting as accidents
from anlan.operations.enforcement.queries import waiting as enforcement
from anlan.operations.people.queries import failed_events
from anlan.operations.safety.queries import waiting as safety
from anlan.operations.safety.queries.photographs import open_files
from anlan.operations.territory.queries import areas, household_count, terrain
from anlan.portal.cli.language import _
from anlan.portal.diagnosis import BAD, GOOD, WARN, Finding

SHOWN = 3


def findings() -> Iterator[Finding]:
    """The district, its terrain, events set aside, the spool, photos and documents, what waits on
    no desk; nothing before the tables are."""
    if "people_account" not in connection.introspection.table_names():
        yield _no_district()
        return
    yield from _district()
    yield from _events()
    yield from _spool()
    yield from _evidence()
    yield from _desks()


def _district() -> Iterator[Finding]:
    districts = areas(kind="district")
    if not districts:
        yield _no_district()
        return
    line = _("{name}, {count} households").format(name=districts[0].name, count=household_count())
    yield Finding(GOOD, _("the district"), line)
    ground = terrain()
    if ground is None:
        line = _("none loaded: no inundation can be computed; `anlan import dem FILE`")
        yield Finding(WARN, _("the terrain"), line)
    elif ground.schematic:
        line = _("schematic: good for trying, not for real warnings; `anlan import dem FILE`")
        yield Finding(WARN, _("the terrain"), line)
    else:
        yield Finding(GOOD, _("the terrain"), ground.source)


def _no_district() -> Finding:
    line = _("none loaded; run `anlan district load shapingba`")
    return Finding(WARN, _("the district"), line)


def _events() -> Iterator[Finding]:
    failed = failed_events()
    if not failed:
        yield Finding(GOOD, _("failed events"), _("there are none"))
    for row in failed[:SHOWN]:
        yield Finding(BAD, _("failed events"), f"{row.id} {row.name}: {row.fault}")
    if len(failed) > SHOWN:
        line = _("and {count} more that no reaction could handle")
        yield Finding(BAD, _("failed events"), line.format(count=len(failed) - SHOWN))


def _spool() -> Iterator[Finding]:
    """Counted by reading: the running platform holds the spool, and this must not disturb it."""
    folder = settings.ANLAN_HOME / "spool"
    try:
        committed = int((folder / "committed").read_bytes())
    except (FileNotFoundError, ValueError):
        committed = 0
    newest = committed
    for path in sorted(folder.glob("*.seg")):
        data = path.read_bytes()
        for part in scan(data, 0, len(data), int(path.stem) - 1):
            if isinstance(part, Found):
                newest = max(newest, part.number)
    line = _("{count} acknowledged frames not yet in the database").format(count=newest - committed)
    yield Finding(GOOD if newest - committed < 1000 else WARN, _("the spool"), line)


def _evidence() -> Iterator[Finding]:
    """What was kept before files were sealed."""
    count = sum(1 for _file in open_files())
    if count:
        line = _("{count} lie open on the disk; run `anlan evidence seal`").format(count=count)
        yield Finding(WARN, _("photos and documents"), line)
    else:
        yield Finding(GOOD, _("photos and documents"), _("sealed on the disk"))


def _desks() -> Iterator[Finding]:
    """Dangers, cases and accidents that wait without a work item: the hourly rounds open those."""
    count = safety.unasked() + enforcement.unasked() + accidents.unasked()
    if count:
        line = _("{count} things wait on no desk; while `anlan up` runs they get there in an hour")
        yield Finding(WARN, _("the desks"), line.format(count=count))
    else:
        yield Finding(GOOD, _("the desks"), _("hold everything that waits"))
