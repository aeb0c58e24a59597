"""Which terminal speaks for a vehicle: the first that registered, until somebody releases it."""

from collections.abc import Sequence

from anlan.operations.people.actions import Actor, act
from anlan.operations.sensing.models import Station
from anlan.protocols import jt808
from anlan.vocabulary.frames import Frame

_REGISTRATION = "7E0100"  # how such a frame begins


def pin_terminals(good: Sequence[Frame]) -> None:
    """Keep to the terminals that registered for vehicles which have none yet. In a transaction."""
    for frame in good:
        terminal = terminal_of(frame.raw) if frame.protocol == jt808.PROTOCOL else ""
        if terminal:
            vehicle = Station.objects.filter(protocol=jt808.PROTOCOL, device=frame.device)
            vehicle.filter(terminal="").update(terminal=terminal)


def terminal_of(raw: str) -> str:
    """Maker and id of the terminal that registers by this frame; empty for every other frame."""
    if not raw.startswith(_REGISTRATION):
        return ""
    try:
        body = jt808.parse(jt808.decode(bytes.fromhex(raw)))
    except ValueError:
        return ""
    return body.identity if isinstance(body, jt808.Registration) else ""


def release_terminal(actor: Actor, code: str) -> bool:
    """Let another terminal register for a vehicle; False where none is kept to.

    Raises `Station.DoesNotExist`.
    """
    with act("sensing.release_terminal", actor) as this:
        station = Station.objects.select_for_update().get(code=code)
        this.on("station", station.code, station.name)
        if not station.terminal:
            this.detail = {"repeat": True}
            return False
        this.detail = {"terminal": station.terminal}
        station.terminal = ""
        station.save(update_fields=["terminal"])
    return True
