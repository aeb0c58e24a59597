"""The catalogues: what the code says, what has no Chinese yet, and the compiled files.

Messages are English in the code; each app keeps its own Chinese under `locale/zh_Hans`, the pure
packages together in `anlan/locale`. Babel reads and writes, so no gettext binary is needed.

    python -m anlan.portal.words check | compile | extract APP
"""

import io
import logging
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

logger = logging.getLogger(__name__)
SOURCE = Path(__file__).resolve().parents[1]
LOCALE = "zh_Hans"
INSIDE = Path("locale") / LOCALE / "LC_MESSAGES" / "django.po"
_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None, "N_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "NP_": ((1, "c"), 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
_LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(?:gettext|pgettext|ngettext|npgettext|_)\((?:{_LITERAL}|[^()'\"])*\)")
_WITHIN = re.compile(rf"\{{({_CALL.pattern})")
"""A call within an f-string, which the extractor takes for one piece of text."""
_PLACE = re.compile(r"%\(\w+\)[a-z]|\{\w*(?::[^}]*)?\}|%[sd]")


@dataclass(frozen=True, slots=True)
class Word:
    """One message as code says it."""

    message: str
    context: str | None
    plural: str | None
    where: str

    @property
    def key(self) -> tuple[str, str | None]:
        return self.message, self.context


@dataclass(frozen=True, slots=True)
class Missing:
    """One message a Chinese reader would meet in English, or broken."""

    app: str
    word: Word
    why: str

    def __str__(self) -> str:
        context = f" [{self.word.context}]" if self.word.context else ""
        return f"{self.app}: {self.why}: {self.word.message!r}{context} ({self.word.where})"


def homes() -> dict[str, Path]:
    """Every catalogue's folder by its name: operations apps, portal, and the rest ("house")."""
    apps = sorted(p.parent for p in (SOURCE / "operations").glob("*/apps.py"))
    return {app.name: app for app in apps} | {"portal": SOURCE / "portal", "house": SOURCE}


def extract() -> dict[str, list[Word]]:
    """What the code of each app says, in the order of its files."""
    found: dict[str, list[Word]] = {}
    for name, folder in homes().items():
        words: dict[tuple[str, str | None], Word] = {}
        for path in _files(name, folder):
            for word in _words(path):
                words.setdefault(word.key, word)
        found[name] = list(words.values())
    return found


def missing() -> list[Missing]:
    """Messages without Chinese, fuzzy, absent from their catalogue, wrongly filled, said by nobody
    any more, or otherwise in two: catalogues are merged, and one of the two wins everywhere."""
    found: list[Missing] = []
    said: dict[tuple[str, str | None], tuple[str, str]] = {}
    for name, words in extract().items():
        catalogue = _catalogue(homes()[name])
        found += [*_faults(name, words, catalogue), *_unsaid(name, words, catalogue)]
        for word in words:
            entry = catalogue.get(word.message, word.context)
            chinese = str(entry.string) if entry else ""
            other, before = said.setdefault(word.key, (name, chinese))
            if chinese != before:
                found.append(Missing(name, word, f"{chinese}, but {before} in {other}"))
    return found


def compile_catalogues(*, only_stale: bool = False) -> int:
    """Write the .mo files beside their .po; returns how many. Safe beside another process."""
    written = 0
    for folder in homes().values():
        source = folder / INSIDE
        target = source.with_suffix(".mo")
        if not source.exists() or (only_stale and not _stale(source, target)):
            continue
        content = io.BytesIO()
        try:
            write_mo(content, _catalogue(folder))
        except PoFileError as fault:
            if not only_stale:
                raise
            logger.warning("%s stays as it was compiled last: %s", source, fault)
            continue
        draft = target.with_suffix(f".{os.getpid()}.tmp")
        draft.write_bytes(content.getvalue())
        draft.replace(target)
        written += 1
    return written


def add_new(app: str) -> int:
    """Append the messages an app's catalogue lacks, without Chinese, to its .po; how many."""
    folder = homes()[app]
    known = {(_text(m), m.context) for m in _catalogue(folder)}
    fresh = Catalog(locale=LOCALE, fuzzy=False)
    for word in extract()[app]:
        if word.key not in known:
            ident = (word.message, word.plural) if word.plural else word.message
            fresh.add(ident, context=word.context, locations=[_location(word.where)])
    if not len(fresh):
        return 0
    path = folder / INSIDE
    path.parent.mkdir(parents=True, exist_ok=True)
    content = io.BytesIO()
    write_po(content, fresh, width=0, omit_header=path.exists())
    with path.open("ab") as catalogue:
        catalogue.write(b"\n" + content.getvalue().lstrip())
    return len(fresh)


def _location(where: str) -> tuple[str, int]:
    path, _, line = where.rpartition(":")
    return path, int(line)


def _stale(source: Path, target: Path) -> bool:
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def _files(name: str, folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
            continue
        inside = path.relative_to(folder).parts
        if name == "house" and inside[0] in {"operations", "portal", "districts"}:
            continue
        if path.suffix == ".py" or "templates" in inside:
            yield path


def _words(path: Path) -> Iterator[Word]:
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        where = str(path.relative_to(SOURCE))
        yield from _calls(text, where)
        for found in _WITHIN.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield from _said(found[1], f"{where}:{line}")
        return
    from django.utils.translation.template import templatize

    # Only the calls are kept: what stands between them is not Python.
    for line, code in enumerate(templatize(text).splitlines(), 1):
        where = f"{path.relative_to(SOURCE)}:{line}"
        for call in _CALL.findall(code):
            yield from _said(call, where)


def _said(call: str, where: str) -> Iterator[Word]:
    """What a call says that stands alone, at a place that is known already."""
    for word in _calls(call + "\n", where):
        yield Word(word.message, word.context, word.plural, where)


def _calls(code: str, where: str) -> Iterator[Word]:
    source = io.BytesIO(code.encode())
    calls: Iterator[tuple[int, Any, Any, Any]] = extract_python(source, dict(_KEYWORDS), [], {})
    for line, function, messages, _comments in calls:
        texts = messages if isinstance(messages, tuple) else (messages,)
        word = _word(_KEYWORDS[function], texts, f"{where}:{line}")
        if word:
            yield word


def _word(
    shape: tuple[int | tuple[int, str], ...] | None, texts: tuple[str | None, ...], where: str
) -> Word | None:
    """The message of one call; None where it is not written out as a literal."""
    context = None
    places = []
    for place in shape or (1,):
        index = place[0] if isinstance(place, tuple) else place
        text = texts[index - 1] if index <= len(texts) else None
        if not text:
            return None
        if isinstance(place, tuple):
            context = text
        else:
            places.append(text)
    return Word(places[0], context, places[1] if len(places) > 1 else None, where)


def _catalogue(folder: Path) -> Catalog:
    path = folder / INSIDE
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as text:
        return read_po(text, locale=LOCALE, abort_invalid=True)


def _faults(name: str, words: list[Word], catalogue: Catalog) -> Iterator[Missing]:
    for word in words:
        entry = catalogue.get(word.message, word.context)
        if entry is None:
            yield Missing(name, word, "absent from the catalogue")
        elif entry.fuzzy:
            yield Missing(name, word, "fuzzy")
        else:
            why = _fault(entry)
            if why:
                yield Missing(name, word, why)


def _unsaid(name: str, words: list[Word], catalogue: Catalog) -> Iterator[Missing]:
    """What was left behind by code that has gone."""
    said = {word.key for word in words}
    for entry in catalogue:
        message, context = _text(entry), entry.context
        if message and (message, context) not in said:
            word = Word(message, context, None, str(INSIDE))
            yield Missing(name, word, "nobody says it any more")


def _fault(entry: Message) -> str | None:
    chinese = entry.string if isinstance(entry.string, str) else "".join(entry.string or ())
    if not chinese:
        return "without Chinese"
    english = entry.id if isinstance(entry.id, str) else "".join(entry.id)
    wanted, given = set(_PLACE.findall(english)), set(_PLACE.findall(chinese))
    return f"places to fill differ ({chinese})" if given - wanted else None


def _text(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else str(entry.id[0])


def main(arguments: list[str]) -> int:
    """The command line; the exit status is 1 while something has no Chinese."""
    command = arguments[0] if arguments else "check"
    if command == "compile":
        print(f"{compile_catalogues()} catalogues compiled")
        return 0
    if command == "extract":
        for app in arguments[1:] or list(homes()):
            print(f"{app}: {add_new(app)} new messages without Chinese")
        return 0
    faults = [fault for fault in missing() if not arguments[1:] or fault.app in arguments[1:]]
    print("\n".join(str(fault) for fault in faults) or "every message has its Chinese")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
