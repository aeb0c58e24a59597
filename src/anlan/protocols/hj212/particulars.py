"""What an instrument says that it and its parts are (3019, 3020), asked or not."""

from datetime import datetime

from anlan.protocols.framing import Malformed
from anlan.protocols.hj212.information import SET_PARAMETER, Told, of_itself
from anlan.protocols.hj212.measuring import CLOCK_AHEAD
from anlan.protocols.hj212.messages import Message
from anlan.protocols.hj212.segment import moment
from anlan.vocabulary.notices import Particular

_PROTOCOL = "hj212:"


def particulars(message: Message, received_at: datetime) -> tuple[Particular, ...]:
    """One for each code of each instrument, `part` being the factor that it measures (empty for the
    data logger), `code` the field with its suffix, `text` as it stands; lines of a log together.

    What has no time of its own, or one that cannot be believed, is of its arrival.
    """
    if message.cn == SET_PARAMETER:
        return ()
    lines: dict[tuple[str, str], list[Told]] = {}
    for one in of_itself(message):
        lines.setdefault((one.pollutant, f"{one.code}-{one.suffix}"), []).append(one)
    return tuple(
        Particular(
            _moment(said[-1], received_at), f"{_PROTOCOL}{field}", part,
            "\n".join(one.text for one in said),
        )
        for (part, field), said in lines.items()
    )  # fmt: skip


def field_of(code: str) -> str:
    """The field that a particular of this code was stated in: ``i12001-Info``; else empty."""
    return code.removeprefix(_PROTOCOL) if code.startswith(_PROTOCOL) else ""


def _moment(said: Told, received_at: datetime) -> datetime:
    try:
        at = moment(said.at)
    except Malformed:
        return received_at
    return at if at <= received_at + CLOCK_AHEAD else received_at
