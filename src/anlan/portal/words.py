"""The message catalogues: what is said, where, and whether its Chinese is there.

Messages are English in the code and templates; each app keeps its Chinese in its own `locale/`
folder. A folder's messages belong to the nearest `locale/` above them. Babel reads and compiles,
so no gettext program is needed.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[1]
LANGUAGE = "zh_Hans"
PLACE = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
# The command line speaks without Django and so cannot borrow from the other catalogues.
ALONE = SOURCE / "portal" / "cli"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "N_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "NP_": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
_PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|\{\w*\}|%[sd]")


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence somebody may read, and where it stands first."""

    context: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one message's Chinese."""

    catalogue: Path
    message: Message
    why: str

    def __str__(self) -> str:
        context = f" [{self.message.context}]" if self.message.context else ""
        return f"{self.message.place}: {self.message.text!r}{context}: {self.why}"


def catalogues() -> list[Path]:
    """Every catalogue of the house, in the order of its folders."""
    return sorted(SOURCE.glob(f"**/{PLACE}"))


def compile_all() -> int:
    """Write a .mo beside each .po that is newer than it; returns how many were written."""
    written = 0
    for path in catalogues():
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        buffer = BytesIO()
        write_mo(buffer, _read(path))
        beside = compiled.with_suffix(".part")
        beside.write_bytes(buffer.getvalue())
        beside.replace(compiled)
        written += 1
    return written


def check() -> list[Fault]:
    """Messages without Chinese, with other placeholders than the English, or said in two ways."""
    read = {path: _read(path) for path in catalogues()}
    together = {path: read[path] for path in read if not path.is_relative_to(ALONE)}
    faults = _two_ways(together)
    for owner, messages in _messages_by_owner(set(read)).items():
        alone = owner.is_relative_to(ALONE)
        within = {owner: read[owner]} if alone and owner in read else {} if alone else together
        for message in messages:
            if why := _wrong(message, within):
                faults.append(Fault(owner, message, why))
    return faults


def messages_in(path: Path) -> Iterator[Message]:
    """The messages of one Python file or template."""
    found = (
        extract("python", BytesIO(path.read_bytes()), KEYWORDS)
        if path.suffix == ".py"
        else _in_template(path)
    )
    for line, text, _comments, context in found:
        first = text[0] if isinstance(text, tuple) else text
        if first:
            place = f"{path.relative_to(SOURCE.parent)}:{line}"
            yield Message(context or "", first, place)


def _in_template(
    path: Path,
) -> "Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]":
    from django.utils.translation.template import templatize

    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    yield from extract("python", BytesIO(source.encode()), KEYWORDS)


def _messages_by_owner(existing: set[Path]) -> dict[Path, list[Message]]:
    owners: dict[Path, dict[tuple[str, str], Message]] = {}
    for path in sorted([*SOURCE.glob("**/*.py"), *SOURCE.glob("**/templates/**/*.html")]):
        if "migrations" in path.parts:
            continue
        owner = _owner(path, existing)
        for message in messages_in(path):
            owners.setdefault(owner, {}).setdefault((message.context, message.text), message)
    return {owner: list(messages.values()) for owner, messages in owners.items()}


def _owner(path: Path, existing: set[Path]) -> Path:
    for folder in path.parents:
        if folder / PLACE in existing or folder == SOURCE:
            return folder / PLACE
    return SOURCE / PLACE


def _wrong(message: Message, within: dict[Path, Catalog]) -> str:
    for catalogue in within.values():
        entry = catalogue.get(message.text, message.context or None)
        if entry is None or not entry.string:
            continue
        strings = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        if not all(strings):
            continue
        if entry.fuzzy:
            return "its Chinese is marked fuzzy"
        wanted = set(_PLACEHOLDER.findall(message.text))
        if any(not set(_PLACEHOLDER.findall(string)) <= wanted for string in strings):
            return "its Chinese names a placeholder that the English has not"
        return ""
    return "no Chinese yet"


def _two_ways(together: dict[Path, Catalog]) -> list[Fault]:
    """The same message with two translations: which one shows would be chance."""
    said: dict[tuple[str, str], tuple[Path, object]] = {}
    faults = []
    for path, catalogue in together.items():
        for entry in catalogue:
            if not entry.id or not entry.string:
                continue
            text = entry.id[0] if isinstance(entry.id, tuple | list) else entry.id
            before = said.setdefault((entry.context or "", text), (path, entry.string))
            if before[1] != entry.string:
                place = str(path.relative_to(SOURCE.parent))
                why = f"already said differently in {before[0].relative_to(SOURCE.parent)}"
                faults.append(Fault(path, Message(entry.context or "", text, place), why))
    return faults


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain="django", abort_invalid=True)


def main(verb: str) -> int:
    """``python -m anlan.portal.words check|compile``; 1 when something is to mend."""
    if verb == "compile":
        print(f"{compile_all()} catalogues compiled")
        return 0
    faults = check()
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
