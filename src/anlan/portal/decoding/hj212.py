"""What HJ 212 messages say."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from anlan.portal.decoding.lines import Line, Said, told
from anlan.protocols import hj212
from anlan.protocols.hj212 import Malformed, Message, Observation, Told
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
        if whole is None:
            return said
        together = _message(whole)
        return said | {"ok": said["ok"] and together["ok"], "whole": together}


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
    of_itself = hj212.of_itself(message)
    observations = () if of_itself else message.observations
    told_of = {f"{one.code}-{suffix}" for one in observations for suffix, _ in one.fields}
    told_of |= {f"{one.code}-{one.suffix}" for one in of_itself}
    fields = [pair for group in message.content for pair in group if pair[0] not in told_of]
    if fields:
        said["fields"] = _fields(fields)
    became = hj212.outcome(message)
    if became is not None:
        said["carried_out"] = became.done
        said["result"] = f"{became.field}={became.text} {became.name}".strip()
    if observations:
        said["factors"] = [_factor(one) for one in observations]
    if of_itself:
        said["information"] = [_information(one) for one in of_itself]
    return said | {"raw": message.raw.decode("gb18030", "replace").rstrip()}


def _fields(pairs: list[tuple[str, str]]) -> Said:
    """The fields by name; one that stands there more than once as the list of all it says."""
    said: dict[str, list[str]] = {}
    for key, value in pairs:
        said.setdefault(key, []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in said.items()}


def _information(one: Told) -> Said:
    """What an instrument says of itself; a code that no table has as it came."""
    about = hj212.factor(one.pollutant)
    said: Said = {"PolId": one.pollutant, "PolId_name": about.name if about else ""}
    said |= {"DataTime": one.at, "code": one.code, "field": one.suffix}
    said["field_name"] = SUFFIXES.get(one.suffix, "")
    if one.device:
        said |= {"device": one.device, "kind": one.kind}
    row = one.row
    if row is not None:
        said |= {"name": row.name, "unit": row.unit}
        if row.to_check:
            said["note"] = "待核"
    try:
        said["value"] = one.value
    except Malformed:
        said["value"] = one.text
    return said | ({"value_name": one.word} if one.word else {})


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
