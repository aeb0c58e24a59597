"""The demonstration: a small district, the crest of August 2020, and pages to look around in."""

import subprocess
import sys
import tomllib
from pathlib import Path

from anlan.backbone.home import home
from anlan.portal import exercise
from anlan.portal.cli.drilling import play, reports, speed
from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble

DISTRICT, SCENARIO = "shapingba", "jialing-crest"
HOUSEHOLDS = 20_000
# About eight minutes in all: quiet hours in seconds, decisions at ten times real speed.
PACE = 7200.0
LOADED = "district.loaded"


def run(*, port: int, households: int | None, pace: str) -> int:
    """`anlan demo`: prepare once, then play in front of people and stay up until Ctrl-C."""
    exercise.refuse_taken_port(port)
    prepare(HOUSEHOLDS if households is None else households)
    scenario = exercise.find_scenario(DISTRICT, SCENARIO)
    tell(port)
    return play(
        exercise.Playing(
            scenario=scenario,
            district=DISTRICT,
            households=None,
            port=port,
            speed=speed(pace, PACE),
            by_hand=frozenset(),
            out=reports(scenario.name),
            stays=True,
        )
    )


def prepare(households: int) -> None:
    """Load the district into this installation's own data, once.

    In a process of its own: this one's clock is the drill's, the data's clock is the real one.
    """
    mark = home() / LOADED
    if mark.exists() and (home() / exercise.DATABASES[0]).exists():
        return
    print(_("first start: loading the district, about half a minute"), flush=True)
    command = [
        sys.executable, "-m", "anlan.portal.cli", "district", "load", DISTRICT, "--demo",
        "--households", str(households),
    ]  # fmt: skip
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise Trouble(_("the district could not be loaded; `anlan doctor` says more"))
    mark.touch()


def tell(port: int) -> None:
    """Where to look and how to get in: one login for each role."""
    print(_("the whole chain, on {url}").format(url=f"http://127.0.0.1:{port}"))
    print(_("command screen: {url}").format(url=f"http://127.0.0.1:{port}/command"))
    logins, password = demo_logins(exercise.DISTRICTS / DISTRICT)
    print(_("log in with the password {password} as").format(password=password))
    for username, post, name in logins:
        print(f"  {username:<10} {post} {name}")
    line = _(
        "the crest passes in about eight minutes; afterwards everything stays up. Ctrl-C ends."
    )
    print(line, flush=True)


def demo_logins(folder: Path) -> tuple[list[tuple[str, str, str]], str]:
    """The first login of each role, with its post and name, and the password of all."""
    facts = tomllib.loads((folder / "accounts.toml").read_text(encoding="utf-8"))
    by_role: dict[str, tuple[str, str, str]] = {}
    for one in facts["account"]:
        entry = (one["username"], one.get("post", ""), one["display_name"])
        by_role.setdefault(one["role"], entry)
    return list(by_role.values()), facts["demo"]["password"]
