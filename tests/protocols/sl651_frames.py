"""Frames of SL 651-2014 written out by hand, and what they say.

From tables 20-23, 26-37 and annex C of the standard; the CRCs were computed bit by bit, not with
the code under test.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from anlan.protocols.sl651 import (
    Control,
    Direction,
    Item,
    Message,
    Packet,
    Report,
    Sl651Decoder,
)
from anlan.vocabulary.clock import CHINA

STATION = "5001060001"
SENT = datetime(2020, 8, 20, 8, 15, 3, tzinfo=CHINA)
SEEN = datetime(2020, 8, 20, 8, 15, tzinfo=CHINA)


def decoded(text: str) -> Message:
    (message,) = Sl651Decoder().feed(bytes.fromhex(text))
    assert isinstance(message, Message), message
    return message


def report(function: int, serial: int, reports: tuple[Report, ...], **more: Any) -> Message:
    values: dict[str, Any] = {
        "direction": Direction.UP, "centre": 1, "station": STATION, "password": 0x1234,
        "function": function, "serial": serial, "sent_at": SENT, "end": Control.ETX,
        "reports": reports,
    }  # fmt: skip
    return Message(**values | more)


def item(code: str, size: int, decimals: int, *values: str | None, **more: Any) -> Item:
    figures = tuple(None if v is None else Decimal(v) for v in values)
    return Item(code, more.pop("at", SEEN), size, decimals, figures, **more)


FIVE = timedelta(minutes=5)
VECTORS = {
    "a timed report of stage and voltage": (
        "7E7E0150010600011234320021020007200820081503F1F1500106000148F0F0200820081539230019429038"
        "12125003D76C",
        report(
            0x32,
            7,
            (Report(STATION, 0x48, (item("39", 4, 3, "194.290"), item("38", 2, 2, "12.50"))),),
        ),
    ),
    "negative values, FF0 before three figures and before seven": (
        "7E7E0150010600011234320023020008200820081503F1F1500106000148F0F020082008150219FF0035392B"
        "FF00001234039915",
        report(
            0x32,
            8,
            (Report(STATION, 0x48, (item("02", 3, 1, "-3.5"), item("39", 5, 3, "-1.234"))),),
        ),
    ),
    "a missing stage and a status word": (
        "7E7E0150010600011234330023020009200820081503F1F1500106000148F0F020082008153923FFFFFFFF45"
        "2000000006035C29",
        report(
            0x33,
            9,
            (
                Report(
                    STATION,
                    0x48,
                    (item("39", 4, 3, None), Item("45", SEEN, 4, raw=b"\0\0\0\x06")),
                ),
            ),
        ),
    ),
    "a heartbeat": (
        "7E7E01500106000112342F000802000920082008154303B879",
        report(0x2F, 9, (), sent_at=SENT.replace(second=43)),
    ),
    "a uniform report with a gap": (
        "7E7E015001060001123431002702000A200820081600F1F1500106000148F0F02008200700041800000539"
        "1B194290FFFFFF1943100347A6",
        report(
            0x31,
            10,
            (
                Report(
                    STATION,
                    0x48,
                    (
                        item(
                            "39", 3, 3, "194.290", None, "194.310",
                            at=datetime(2020, 8, 20, 7, 0, tzinfo=CHINA), step=FIVE,
                        ),
                    ),
                ),
            ),
            sent_at=SENT.replace(minute=16, second=0),
        ),
    ),
    "an hourly report of rain with two observation times": (
        "7E7E010060512345A0F334003602FFFF200820090002F1F1006051234550F0F02008200805F460000A05FF00"
        "00000000FE0001F0F020082009001A19000266261901234503E8DF",
        report(
            0x34,
            65535,
            (
                Report(
                    "0060512345",
                    0x50,
                    (
                        item(
                            "F4", 1, 1,
                            "0", "1.0", "0.5", None, "0", "0", "0", "0", "0", "25.4", "0", "0.1",
                            at=datetime(2020, 8, 20, 8, 5, tzinfo=CHINA), step=FIVE,
                        ),
                        item("1A", 3, 1, "26.6", at=datetime(2020, 8, 20, 9, 0, tzinfo=CHINA)),
                        item("26", 3, 1, "1234.5", at=datetime(2020, 8, 20, 9, 0, tzinfo=CHINA)),
                    ),
                ),
            ),
            station="0060512345",
            password=0xA0F3,
            sent_at=datetime(2020, 8, 20, 9, 0, 2, tzinfo=CHINA),
        ),
    ),
    "two stations in one body": (
        "7E7E015001060001123432003102000B200820081503F1F1500106000148F0F02008200815392300194290F1"
        "F1500106000A50F0F020082008102219000025035726",
        report(
            0x32,
            11,
            (
                Report(STATION, 0x48, (item("39", 4, 3, "194.29"),)),
                Report(
                    "500106000A",
                    0x50,
                    (item("22", 3, 1, "2.5", at=SEEN - FIVE),),
                ),
            ),
        ),
    ),
    "discharge before stage, a maker's own element, a HEX station": (
        "7E7EFF500106EA60FFFF33002802000C200820081503F1F1500106EA6048F0F02008200815272B0028400500"
        "392300195500FF02082703E409",
        report(
            0x33,
            12,
            (
                Report(
                    "500106EA60",
                    0x48,
                    (
                        item("27", 5, 3, "28400.5"),
                        item("39", 4, 3, "195.5"),
                        item("FF02", 1, 0, "27"),
                    ),
                ),
            ),
            centre=255,
            station="500106EA60",
            password=0xFFFF,
        ),
    ),
    "the first of two packets": (
        "7E7E015001060001123436000D160020010020200820081503F1F117DBB8",
        report(0x36, 32, (), end=Control.ETB, packet=Packet(2, 1), rest=b"\xf1\xf1"),
    ),
    "the last packet has neither serial nor time": (
        "7E7E015001060001123436000716002002FFD8FFE003CC3D",
        report(
            0x36, None, (), sent_at=None, packet=Packet(2, 2), rest=b"\xff\xd8\xff\xe0"
        ),  # type: ignore[arg-type]
    ),
}  # fmt: skip
