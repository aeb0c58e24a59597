"""Drills of the crest played to their end, and what they report."""

import json
import os
import subprocess

from .running import ANLAN, environment

CREST = ("drill", "run", "jialing-crest", "--headless")
# Ends what hangs: beside the rest of the suite two drills share two slow cores, and the long proofs
# beside anything.
WITHIN_S = 3600 if "ANLAN_PROVE" in os.environ else 1200


def report(folder):
    return json.loads((folder / "report.json").read_text(encoding="utf-8"))


def play_side_by_side(home, folders, *words):
    """The same drill at full pace, once for every folder: each leaves its report there."""
    runs = [
        subprocess.Popen(
            [*ANLAN, *CREST, *words, "--out", str(folder)], env=environment(home),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for folder in folders
    ]  # fmt: skip
    try:
        for run in runs:
            said, complained = run.communicate(timeout=WITHIN_S)
            assert run.returncode == 0, said + complained
    finally:
        for run in runs:
            run.kill()
