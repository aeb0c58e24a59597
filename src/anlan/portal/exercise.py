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
from anlan.portal import listening
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble
from anlan.vocabulary import clock

DISTRICTS = Path(__file__).resolve().parents[1] / "districts"
DATABASES = ("anlan.sqlite3", "readings.sqlite3")
# What the copy shares with the original: keys to open sealed data, terrain and exposure files.
SHARED = ("secrets", "territory", "results/stages")


def refuse_taken_port(port: int) -> None:
    """One clear line at once, before anything is prepared."""
    listening.bound("127.0.0.1", port).close()


def moved(scenario: Scenario, shift_hours: float, raise_m: float) -> Scenario:
    """The scenario with its crest moved; what cannot be is one clear line."""
    try:
        return scenario.moved(shift_hours, raise_m)
    except BadScenario as fault:
        raise Trouble(_("the crest cannot be moved so: {fault}").format(fault=fault), 2) from None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Playing:
    """What a drill was asked to be. `port` None: no pages; `stays`: stay up when it is over."""

    scenario: Scenario
    district: str
    households: int | None
    port: int | None
    speed: float | None
    by_hand: frozenset[str]
    out: Path
    shift_hours: float = 0.0
    raise_m: float = 0.0
    stays: bool = False


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
