"""Writes docs/proof.md, a part of the long proofs at a time: what was proven, when, on what.

A part is what one `make prove PART=…` runs; the sections of the others stay as they are. So do, in
its own section, the runs of what this one left out (`ARGS='-k MQTT'`): each says when it was, on
which commit.
"""

import os
import platform
import re
import subprocess
from pathlib import Path

from anlan.vocabulary import clock

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = CHECKOUT / "docs" / "proof.md"
PARTS = {
    "kill": "one process killed while frames come in",
    "parts": "gateway, recorders, database and bus killed at random",
    "away": "the database away for ten minutes",
    "drill": "the drill whole, and killed between alarm and forecast",
    "noise": "a million spoilt inputs at every decoder",
    "fuzz": "a million coverage-guided inputs at every decoder",
}
HEAD = """# Proof

What the long proofs found at full count. `make prove` runs them all and `make prove PART=kill` one;
each writes its own section here when it has passed, and so does a piece of one
(`make prove PART=fuzz ARGS='-k MQTT'`). Run it again when its subject changes.
"""


class Run:
    """One run of a part, begun before its tests: the code may be changed under a long one."""

    def __init__(self, part):
        self.part = part
        self.commit = commit()
        self.began = clock.stopwatch()

    def write(self, proofs, skipped):
        """Put the run into its part's section: sentences by subject, and what was not run here."""
        minutes = (clock.stopwatch() - self.began) / 60
        where = (
            f"{clock.WallClock().now():%Y-%m-%d}, {self.commit}, {os.cpu_count()} cores,"
            f" {processor()}, {platform.system()}, Python {platform.python_version()},"
            f" {minutes:.0f} min"
        )
        lines = [f"- {where}"]
        lines += [f"- {subject}: {sentence}" for subject, sentence in proofs]
        lines += [f"- Not run here: {name} ({reason})" for name, reason in skipped]
        sections = read()
        proven = {subject for subject, _sentence in proofs}
        runs = [*without(proven, sections.get(self.part, "")), "\n".join(lines)]
        head = f"## {self.part}: {PARTS[self.part]}"
        sections[self.part] = "\n\n".join((head, *runs)) + "\n"
        known = [sections[one] for one in PARTS if one in sections]
        PAGE.write_text("\n".join((HEAD, *known)), encoding="utf-8")


def read():
    """The sections that stand on the page, by part."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    sections = {}
    for piece in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]:
        sections[piece[3:].partition(":")[0]] = piece.rstrip("\n") + "\n"
    return sections


def without(proven, section):
    """The earlier runs of a section that say something not proven anew."""
    runs = [run.splitlines() for run in section.strip().split("\n\n")[1:]]
    left = [
        [where, *(line for line in lines if line[2:].partition(": ")[0] not in proven)]
        for where, *lines in runs
    ]
    return ["\n".join(run) for run in left if any("Not run here" not in line for line in run[1:])]


def commit():
    """The commit that was proven, and whether the code differed from it."""

    def git(*words):
        done = subprocess.run(
            ["git", *words], cwd=CHECKOUT, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--", "src", "tests")
    return f"commit {git('rev-parse', '--short=10', 'HEAD')}{' with changes' if changed else ''}"


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
