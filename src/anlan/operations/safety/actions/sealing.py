"""Files under their SHA-256, sealed on the disk: people and papers of people are on them."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cryptography.exceptions import InvalidTag

from anlan.operations.people.actions import PLATFORM, act, seal_file, unseal_file
from anlan.operations.safety.queries.photographs import open_files, sealed_file
from anlan.vocabulary.words import N_

AT_ONCE = 500
SPOILT = N_("its bytes are not those that were sent")
NOT_BACK = N_("its sealed copy could not be read back")


@dataclass(frozen=True, slots=True)
class Sealed:
    """Of some files that lay open: how many are sealed now; the names of the others, and why."""

    count: int
    left: tuple[tuple[str, str], ...]


def keep_photo(raw: bytes) -> str:
    """On the disk, sealed, before the record of it is; the SHA-256 of what was sent."""
    digest = hashlib.sha256(raw).hexdigest()
    if not sealed_file(digest).exists():
        _write(digest, raw)
    return digest


def seal_kept() -> Iterator[Sealed]:
    """Seal what was kept before files were: one after the other, each whole before it is gone.

    Killed at any moment, and begun again, it loses nothing: a file is removed when its sealed copy
    is on the disk and was read back. What is not as it was sent stays as it lies.
    """
    found = open_files()
    while paths := list(islice(found, AT_ONCE)):
        faults = {path.name: _tried(path) for path in paths}
        left = tuple((name, fault) for name, fault in faults.items() if fault)
        with act("safety.seal_files", PLATFORM) as this:
            this.on("files", "evidence", "evidence")
            this.detail = {"sealed": len(paths) - len(left), "left": [name for name, _ in left]}
        yield Sealed(len(paths) - len(left), left)


def _tried(path: Path) -> str:
    try:
        return _seal(path)
    except OSError as refused:
        return refused.strerror or type(refused).__name__


def _seal(path: Path) -> str:
    """Why it stays open; "" where it is sealed now."""
    digest, raw = path.name, path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != digest:
        return SPOILT
    if not _opens(digest):
        _write(digest, raw)
        if not _opens(digest):
            return NOT_BACK
    path.unlink(missing_ok=True)
    return ""


def _write(digest: str, raw: bytes) -> None:
    """Seal it; file and name are on the disk when it returns."""
    path = sealed_file(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{digest}.{os.getpid()}.part")
    with fresh.open("wb") as sink:
        sink.write(seal_file(raw))
        sink.flush()
        os.fsync(sink.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _opens(digest: str) -> bool:
    """Whether a sealed file is there and opens to what was sent."""
    try:
        raw = unseal_file(sealed_file(digest).read_bytes())
    except (FileNotFoundError, InvalidTag, ValueError):
        return False
    return hashlib.sha256(raw).hexdigest() == digest
