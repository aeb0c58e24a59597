"""A drill's own house: a throw-away copy of the district, its clock fixed before anything asks it.

The first half runs before the web framework is loaded, because settings, standing and clock must
stand by then; the second half empties the copy of its history and fills it where it is empty.
"""

import contextlib
import os
import shutil
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from anlan.backbone.home import home
from anlan.operations.drills.rules.scenario import BadScenario, Scenario, read_scenario
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble
from anlan.vocabulary import clock

DISTRICTS = Path(__file__).resolve().parents[1] / "districts"
DATABASES = ("anlan.sqlite3", "readings.sqlite3")
# What the copy shares with the original: keys to open sealed data, terrain and exposure files.
SHARED = ("secrets", "territory")
DEMO_HOUSEHOLDS = 20_000
DEMO_SEED = 2020

# A copy keeps the district and forgets what has happened in it. Everything not named here is
# emptied; a test holds that every table has been thought of.
KEPT_APPS = {"territory", "resources", "contenttypes", "auth", "duty"}
KEPT_TABLES: set[str] = {
    "people.account", "people.organisation",
    "sensing.station", "sensing.series", "sensing.thresholdrule",
}  # fmt: skip


def find_scenario(district: str, name: str) -> Scenario:
    """The scenario file of a district; an unknown name lists those there are."""
    folder = DISTRICTS / district / "drills"
    path = folder / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.toml"))) or "—"
        line = _("{district} has no drill {name}; there is: {known}")
        raise Trouble(line.format(district=district, name=name, known=known), 2)
    try:
        return read_scenario(
            name,
            tomllib.loads(path.read_text(encoding="utf-8")),
            lambda file: (folder / name / file).read_text(encoding="utf-8"),
        )
    except (BadScenario, tomllib.TOMLDecodeError, OSError) as fault:
        raise Trouble(_("the scenario cannot be read: {fault}").format(fault=fault), 2) from None


@dataclass(frozen=True, slots=True)
class House:
    """The throw-away home of one drill. `loaded`: a district came with the copy."""

    folder: Path
    original: Path
    loaded: bool


@contextlib.contextmanager
def throw_away_house(scenario: Scenario, port: int | None, fresh: bool) -> Iterator[House]:
    """Copy this installation's district, fix clock and standing; gone when the drill is over.

    With `fresh` nothing is copied. Only before Django is loaded.
    """
    original = home()
    with tempfile.TemporaryDirectory(prefix="anlan-drill-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        loaded = not fresh and copy_home(original, folder)
        os.environ.pop("ANLAN_DATABASE_URL", None)
        os.environ["ANLAN_HOME"] = name
        os.environ["ANLAN_STANDING"] = "Exercise"
        os.environ["ANLAN_EXERCISE_NAME"] = scenario.exercise_name
        if port is not None:
            os.environ["ANLAN_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
        clock.use(clock.DrillClock(scenario.starts))
        yield House(folder, original, loaded)


def copy_home(original: Path, folder: Path) -> bool:
    """Copy the databases (a consistent picture, even of a running platform) and what they need.

    False when there is nothing to copy: no database, or one elsewhere than in files.
    """
    elsewhere = os.environ.get("ANLAN_DATABASE_URL", "")
    if elsewhere or not (original / DATABASES[0]).exists():
        return False
    for name in DATABASES:
        if (original / name).exists():
            _back_up(original / name, folder / name)
    for name in SHARED:
        if (original / name).exists():
            shutil.copytree(original / name, folder / name, copy_function=_link)
    return True


def _back_up(original: Path, copy: Path) -> None:
    source = sqlite3.connect(f"file:{original}?mode=ro", uri=True)
    target = sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()


def _link(source: str, target: str) -> None:
    """A second name for a file that nobody rewrites; a copy where the disk is another one."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def furnish(house: House, district: str, households: int | None) -> None:
    """Make the copy ready to play in: tables up to date, history gone, a district inside."""
    from anlan.portal.cli import framework

    framework.migrate()
    if house.loaded and _has_district():
        forget_history()
    else:
        from anlan.portal import loading

        count = DEMO_HOUSEHOLDS if households is None else households
        loading.load_district(district, households=count, seed=DEMO_SEED, demo=True)


def _has_district() -> bool:
    from anlan.operations.territory.queries import areas

    return bool(areas(kind="district"))


def forget_history() -> None:
    """Empty every table that tells what happened; keep the district itself."""
    from django.apps import apps
    from django.conf import settings
    from django.db import connections, router, transaction

    for alias in settings.DATABASES:
        with transaction.atomic(using=alias), connections[alias].constraint_checks_disabled():
            with connections[alias].cursor() as cursor:
                for model in apps.get_models(include_auto_created=True):
                    here = router.db_for_write(model) == alias
                    if here and model._meta.managed and not is_kept(model._meta.label_lower):
                        table = connections[alias].ops.quote_name(model._meta.db_table)
                        cursor.execute(f"DELETE FROM {table}")


def is_kept(label: str) -> bool:
    """Whether the table of a model (``app.model``) is part of the district itself."""
    return label.partition(".")[0] in KEPT_APPS or label in KEPT_TABLES
