"""Job functions that a worker imports by name."""

import os
import signal
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def double(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"twice": 2 * arguments["number"], "process": os.getpid()}


def fail(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    raise ValueError("no such reach")


def answer_with_a_list(arguments: Mapping[str, Any]) -> Any:
    return [1]


def die(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def wait_for_ever(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    Path(arguments["mark"]).write_text(str(os.getpid()))
    threading.Event().wait()
    return {}
