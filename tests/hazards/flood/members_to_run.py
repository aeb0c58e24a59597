"""Member functions that a worker imports by name: one of them dies at its first member."""

import os
import signal
from collections.abc import Mapping
from typing import Any

from anlan.hazards.flood.ensemble import run_member


def die_at_two(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    if arguments["number"] == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return run_member(arguments)
