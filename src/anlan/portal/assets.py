"""The built web assets: which hashed files an entry needs, and the sprite of icons.

Vite writes `static/built/.vite/manifest.json` and `static/built/icons.json`. Without a build the
pages still answer, unstyled, and `anlan doctor` says so.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

BUILT = Path(__file__).resolve().parent / "static" / "built"


def built() -> bool:
    """Whether `npm run build` has been run."""
    return (BUILT / ".vite" / "manifest.json").exists()


def entry(name: str) -> tuple[list[str], list[str]]:
    """(style sheets, modules) of an entry, as addresses; the first module is the entry itself."""
    manifest = _read(".vite/manifest.json")
    chunk = manifest.get(f"src/{name}.ts")
    if chunk is None:
        return [], []
    styles: list[str] = []
    modules: list[str] = []
    _walk(manifest, chunk, styles, modules)
    return [_address(path) for path in styles], [_address(path) for path in modules]


def sprite() -> str:
    """The address of the icon sprite; empty without a build."""
    name = _read("icons.json").get("file", "")
    return _address(name) if name else ""


def icon_names() -> frozenset[str]:
    """The icons the sprite holds."""
    return frozenset(_read("icons.json").get("names", ()))


def _walk(
    manifest: dict[str, Any], chunk: dict[str, Any], styles: list[str], modules: list[str]
) -> None:
    if chunk["file"] in modules:
        return
    modules.append(chunk["file"])
    # An entry's own sheet first: what it shares with others (fonts, single pages) comes after.
    styles.extend(path for path in chunk.get("css", ()) if path not in styles)
    for name in chunk.get("imports", ()):
        _walk(manifest, manifest[name], styles, modules)


def _address(path: str) -> str:
    return f"{settings.STATIC_URL}built/{path}"


def _read(name: str) -> dict[str, Any]:
    path = BUILT / name
    try:
        return _parsed(str(path), path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=8)
def _parsed(path: str, changed_ns: int) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(Path(path).read_text("utf-8"))
    return parsed
