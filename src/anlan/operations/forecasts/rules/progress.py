"""How far a run's computation is: a file in its folder, which a page reads while it waits."""

from pathlib import Path

PROGRESS_FILE = "progress"


def tell(folder: Path, share: float) -> None:
    """Leave the share done, 0..1; a reader finds the old one or the new one, whole."""
    draft = folder / f"{PROGRESS_FILE}.part"
    draft.write_text(f"{share:.4f}", encoding="ascii")
    draft.replace(folder / PROGRESS_FILE)


def told(path: Path) -> int | None:
    """Whole percent of what was left there; None for what is no share."""
    try:
        share = float(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return int(100.0 * share) if 0.0 <= share <= 1.0 else None
