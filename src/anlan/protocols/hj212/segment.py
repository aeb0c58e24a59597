"""The data segment of HJ 212 (2017: 6.3.2 table 3; 2005: 6.2.3): a header and the content CP.

``QN=…;ST=…;CN=…;PW=…;MN=…;Flag=…;[PNUM=…;PNO=…;]CP=&&content&&``. The content is a row of groups
parted by ``;``, each a row of fields ``key=value`` parted by ``,`` (2017: 6.3.3).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from anlan.protocols.framing import Malformed, NotEncodable
from anlan.protocols.hj212.codes import DATA_FLAGS, DataFlag
from anlan.protocols.hj212.factors import Factor, factor
from anlan.vocabulary.clock import CHINA

Fields = tuple[tuple[str, str], ...]
Content = tuple[Fields, ...]

DATA_TIME = "DataTime"
LARGEST_EXPONENT = 30  # of a figure: no instrument states more
_CONTENT = "CP=&&"
_MOMENT = re.compile(r"\d{14}(?:\d{3})?", re.ASCII)
_UNSAFE = re.compile(r"[;,&=\r\n]")
# A log line of 3020 stands between // and may hold the characters that part fields.
_PIECES = re.compile(r"(?:[^;,/]|/(?!/)|//.*?//|//)+|[;,]", re.DOTALL)


def moment(text: str) -> datetime:
    """YYYYMMDDhhmmss, or with three figures of milliseconds behind it, Beijing time."""
    if _MOMENT.fullmatch(text):
        figures = [int(text[:4]), *(int(text[n : n + 2]) for n in range(4, 14, 2))]
        try:
            return datetime(*figures, int(text[14:] or 0) * 1000, tzinfo=CHINA)  # type: ignore[misc,arg-type]
        except ValueError:
            pass
    raise Malformed(f"{text!r} is not a time")


def seconds(instant: datetime) -> str:
    """A moment as YYYYMMDDhhmmss."""
    return instant.astimezone(CHINA).strftime("%Y%m%d%H%M%S")


def milliseconds(instant: datetime) -> str:
    """A moment as the YYYYMMDDhhmmssZZZ of QN."""
    return f"{seconds(instant)}{instant.microsecond // 1000:03d}"


def split(text: str) -> tuple[dict[str, str], Content]:
    """Header and content of a segment; raises `Malformed`. Spaces around keys and values go."""
    start = text.find(_CONTENT)
    if start < 0 or not text.endswith("&&") or len(text) < start + len(_CONTENT) + 2:
        raise Malformed("no content between CP=&& and &&")
    header: dict[str, str] = {}
    for part in text[:start].split(";"):
        if part.strip():
            key, value = _field(part)
            header.setdefault(key, value)
    return header, content(text[start + len(_CONTENT) : -2])


def content(text: str) -> Content:
    """The groups between ``CP=&&`` and ``&&``; empty ones are left out."""
    if "//" not in text:
        groups = [group.split(",") for group in text.split(";")]
    else:
        groups = [[]]
        for piece in _PIECES.findall(text):
            if piece == ";":
                groups.append([])
            elif piece != ",":
                groups[-1].append(piece)
    found = (tuple(_field(part) for part in group if part.strip()) for group in groups)
    return tuple(group for group in found if group)


def _field(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    key = key.strip()
    if not equals or not key:
        raise Malformed(f"{text.strip()!r} is not key=value")
    return key, value.strip()


def joined(header: Fields, groups: Content) -> str:
    """The segment of a header and a content; raises `NotEncodable`."""
    for key, value in (*header, *(field for group in groups for field in group)):
        if _UNSAFE.search(key) or not key or key != key.strip() or "//" in key:
            raise NotEncodable(f"{key!r} is not a key")
        quoted = len(value) >= 4 and value.startswith("//") and value.endswith("//")
        inner = value[2:-2] if quoted else value
        if "//" in inner or value != value.strip() or (not quoted and _UNSAFE.search(value)):
            raise NotEncodable(f"{value!r} cannot stand in a segment")
        if "&" in inner or "\r" in inner or "\n" in inner:
            raise NotEncodable(f"{value!r} cannot stand in a segment")
    head = "".join(f"{key}={value};" for key, value in header)
    body = ";".join(",".join(f"{key}={value}" for key, value in group) for group in groups)
    return f"{head}{_CONTENT}{body}&&"


@dataclass(frozen=True, slots=True)
class Observation:
    """What a segment says of one factor, e.g. ``w01018-Rtd=15.2,w01018-Flag=N``.

    `fields` holds the suffixes as they stand: ``Rtd``, ``Min``, ``Avg``, ``Max``, ``Cou``, the
    converted ``Zs…``, ``Flag``, ``SampleTime`` and so on; where one is sent twice, the first.
    """

    code: str
    fields: tuple[tuple[str, str], ...]

    @property
    def factor(self) -> Factor | None:
        """Name and unit, for the codes of the standard."""
        return factor(self.code)

    @property
    def flag(self) -> DataFlag | None:
        """What the data flag says; None without one, or with one that the standard has not."""
        return DATA_FLAGS.get(self.text("Flag"))

    @property
    def measured(self) -> bool:
        """Whether the values are a measurement: no flag, or one that says so (2017 table 8)."""
        flag = self.flag
        return flag.measured if flag else not self.text("Flag")

    def text(self, suffix: str) -> str:
        """A field as it stands; empty where there is none."""
        return next((value for key, value in self.fields if key == suffix), "")

    def value(self, suffix: str) -> Decimal | None:
        """A field as a number; None where there is none; raises `Malformed` for no number."""
        text = self.text(suffix)
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise Malformed(f"{self.code}-{suffix}={text} is no number") from None
        if not number.is_finite() or abs(number.adjusted()) > LARGEST_EXPONENT:
            raise Malformed(f"{self.code}-{suffix}={text} is no number")
        return number


def observations(groups: Content) -> tuple[Observation, ...]:
    """The factors of a content, in order; fields of one factor are put together."""
    found: dict[str, dict[str, str]] = {}
    for group in groups:
        for key, value in group:
            code, dash, suffix = key.rpartition("-")
            if dash:
                found.setdefault(code, {}).setdefault(suffix, value)
    return tuple(Observation(code, tuple(fields.items())) for code, fields in found.items())
