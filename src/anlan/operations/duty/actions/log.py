from anlan.operations.duty.models import LogEntry
from anlan.operations.people.actions import Actor, act
from anlan.vocabulary import clock

LONGEST = 500


class EmptyNote(ValueError):
    """A line without words."""


def note(actor: Actor, text: str, link: str = "") -> int:
    """Write one line into the duty log. Raises `EmptyNote`; a longer line is cut at 500 letters."""
    words = text.strip()
    if not words:
        raise EmptyNote
    with act("duty.note", actor) as this:
        entry = LogEntry.objects.create(
            at=clock.now(), author=actor.label, text=words[:LONGEST], link=link
        )
        this.on("log", entry.pk, words)
    return entry.pk
