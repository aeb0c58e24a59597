"""What HJ 212 messages say."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from anlan.portal.decoding.lines import Line, Said, told
from anlan.protocols import hj212
from anlan.protocols.hj212 import Malformed, Message, Observation
from anlan.protocols.hj212.codes import COMMANDS, SUFFIXES, SYSTEMS
from anlan.vocabulary.clock import CHINA

# When a captured frame came in is not known: no time in it is too late.
_LONG_AFTER = datetime(9000, 1, 1, tzinfo=CHINA)


def explained(lines: Iterable[Line]) -> Iterator[Said]:
    return told("hj212", lines, b"##", hj212.Hj212Decoder, _Saying(), end=b"\r\n")


class _Saying:
    """The last packet of a divided message says the whole of it too."""

    def __init__(self) -> None:
        self._packets = hj212.Assembler()

    def __call__(self, message: Message) -> Said:
        said = _message(message)
        whole = None if message.packet is None else self._packets.add(message)
        return said if whole is None else said | {"whole": _message(whole)}


def _message(message: Message) -> Said:
    doubts = [f"{reason}: {detail}" for reason, detail in hj212.doubts(message, _LONG_AFTER)]
    command = COMMANDS.get(message.cn)
    said: Said = {
        "ok": not doubts,
        "QN": message.qn,
        "ST": message.st,
        "ST_name": SYSTEMS.get(message.st, ""),
        "CN": message.cn,
        "CN_name": command.name if command else "",
        "PW": message.pw,
        "MN": message.mn,
        "Flag": message.flag,
        "edition": message.edition.name.removeprefix("HJ212_").lower(),
        "answer_wanted": message.wants_answer,
        "checks": {"crc": message.checksum.value, "content": doubts or "ok"},
    }
    if message.packet is not None:
        said |= {"PNUM": message.packet.total, "PNO": message.packet.number}
    observations = message.observations
    told_of = {f"{one.code}-{suffix}" for one in observations for suffix, _ in one.fields}
    fields = [pair for group in message.content for pair in group if pair[0] not in told_of]
    if fields:
        said["fields"] = dict(fields)
    became = hj212.outcome(message)
    if became is not None:
        said["carried_out"], said["result"] = became
    if observations:
        said["factors"] = [_factor(one) for one in observations]
    return said | {"raw": message.raw.decode("gb18030", "replace").rstrip()}


def _factor(one: Observation) -> Said:
    row = one.factor
    said: Said = {"code": one.code}
    if row is not None:
        said |= {"name": row.name, "unit": row.unit}
    for suffix, text in one.fields:
        said[suffix] = _figure(one, suffix) if suffix not in _TEXTS else text
    if one.flag is not None:
        said["Flag_name"] = one.flag.name
    said["names"] = {suffix: SUFFIXES[suffix] for suffix, _ in one.fields if suffix in SUFFIXES}
    return said


def _figure(one: Observation, suffix: str) -> object:
    try:
        return one.value(suffix)
    except Malformed:
        return one.text(suffix)


_TEXTS = {"Flag", "EFlag", "SampleTime", "SN", "Info"}
