"""Where an installation keeps its data: `ANLAN_HOME`, or `var/` below the folder it runs in."""

import os
from pathlib import Path


def home() -> Path:
    """The data folder, made when it is missing."""
    path = Path(os.environ.get("ANLAN_HOME", "var")).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path
