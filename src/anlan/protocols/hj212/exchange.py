"""Who answers what (2017: 6.4, annex C; 2005: 6.3, annex C): orders down, answers both ways.

A request goes down with a QN of its own; the instrument answers 9011 (taken or refused), sends what
was asked under the request's command code, and ends with 9012 (the result). What an instrument
sends of its own accord is answered with 9014 (data) or 9013 (a notice) where its Flag asks for it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from anlan.protocols.framing import NotEncodable
from anlan.protocols.hj212.codes import (
    COMMANDS,
    FIELDS,
    MINUTE_INTERVALS,
    REQUEST_ANSWERS,
    RESULTS,
    Way,
)
from anlan.protocols.hj212.messages import Edition, Message
from anlan.protocols.hj212.segment import Content, Fields, milliseconds, seconds
from anlan.protocols.hj212.words import REQUEST_WORDS, RESULT_WORDS
from anlan.vocabulary.words import NP_, Saying, Term, Words

SYSTEM = "91"
REQUEST_ANSWER, RESULT, NOTICE_ANSWER, DATA_ANSWER = "9011", "9012", "9013", "9014"
LOGIN, LOGIN_ANSWER = "9021", "9022"
NOTICES = {"1013"}
SET_CLOCK, SET_LIVE_INTERVAL, SET_MINUTE_INTERVAL, SET_PASSWORD = "1012", "1062", "1064", "1072"
LIVE, STOP_LIVE, DAY, MINUTE, HOUR = "2011", "2012", "2031", "2051", "2061"
TAKE_SAMPLE, IDENTITY, INFORMATION = "3012", "3019", "3020"
QN_STEP = timedelta(milliseconds=1)  # two requests to one instrument never share a QN
_ANSWER_WANTED = 1
_NONE: Mapping[str, str] = {}
_PERIOD = ("BeginTime", "EndTime")
_WITH_PERIOD = {DAY, MINUTE, HOUR, "2041", "2071"}
_MAY_LACK = {"PolId"}  # the data logger itself


def request(to: Message, cn: str, at: datetime, values: Mapping[str, str] = _NONE) -> Message:
    """An order to the instrument that sent `to`, under a QN made of the time `at`.

    `values` are the fields of the content; `clock`, `interval` and `period` make the usual ones.
    Raises `NotEncodable` for a field that the command has not, one that it needs and that is
    missing, and a value that the standard does not allow.
    """
    row = COMMANDS.get(cn)
    if row is None or row.way not in (Way.DOWN, Way.BOTH):
        raise NotEncodable(f"{cn} is no order to an instrument")
    unknown = [name for name in values if name not in row.fields]
    needed = row.fields if row.way is Way.DOWN or cn in _WITH_PERIOD else ()
    missing = [name for name in needed if name not in values and name not in _MAY_LACK]
    if unknown or missing:
        raise NotEncodable(f"{cn}: {', '.join(unknown or missing)}")
    fields = tuple((name, _allowed(name, values[name])) for name in row.fields if name in values)
    flag = to.edition << 2 | _ANSWER_WANTED
    return _down(to, cn, milliseconds(at), to.st, flag, _grouped(to.edition, fields))


def _allowed(name: str, text: str) -> str:
    pattern, least, most = FIELDS[name]
    fits = re.fullmatch(pattern, text, re.ASCII) is not None
    if fits and (least is not None or most is not None):
        fits = (least or 0) <= int(text) <= (most if most is not None else int(text))
    if name == "MinInterval":
        fits = fits and int(text) in MINUTE_INTERVALS
    if not fits:
        raise NotEncodable(f"{name}={text}")
    return text


def _grouped(edition: Edition, fields: Fields) -> Content:
    """2017 parts the fields of an order by ``;``; 2005 puts begin and end of a period together."""
    if edition is Edition.HJ212_2005:
        period = tuple(field for field in fields if field[0] in _PERIOD)
        others = tuple((field,) for field in fields if field[0] not in _PERIOD)
        return (*others, *((period,) if period else ()))
    return tuple((field,) for field in fields)


def clock(at: datetime, pollutant: str = "") -> dict[str, str]:
    """The fields of 1012, for the data logger or for one analyser."""
    fields = {"PolId": pollutant} if pollutant else {}
    return fields | {"SystemTime": seconds(at)}


def interval(cn: str, value: int) -> dict[str, str]:
    """The field of 1062 (whole seconds, 30-3600) or 1064 (5, 10, 15, 20 or 30 minutes)."""
    return {COMMANDS[cn].fields[0]: str(value)}


def period(begin: datetime, end: datetime) -> dict[str, str]:
    """The fields of a question for history, 2031 2041 2051 2061."""
    return {"BeginTime": seconds(begin), "EndTime": seconds(end)}


def answer(message: Message) -> Message | None:
    """The centre's answer to what an instrument sent; None where none is wanted.

    9013 to a notice and 9014 to data, with the QN of what is answered: in the header since 2017,
    in the content before.
    """
    if message.cn == LOGIN:
        return _down(message, LOGIN_ANSWER, message.qn, SYSTEM, None, ((("Logon", "1"),),))
    row = COMMANDS.get(message.cn)
    if not message.wants_answer or (row is not None and row.way is Way.ANSWER):
        return None
    cn = NOTICE_ANSWER if message.cn in NOTICES else DATA_ANSWER
    return _reply(message, cn, ())


def taken(order: Message, code: int = 1) -> Message:
    """The instrument's 9011 to an order: QnRtn of table 7."""
    if code not in REQUEST_ANSWERS:
        raise NotEncodable(f"QnRtn={code}")
    return _reply(order, REQUEST_ANSWER, (("QnRtn", str(code)),))


def done(order: Message, code: int = 1) -> Message:
    """The instrument's 9012 to an order: ExeRtn of table 6."""
    if code not in RESULTS:
        raise NotEncodable(f"ExeRtn={code}")
    return _reply(order, RESULT, (("ExeRtn", str(code)),))


class Became(NamedTuple):
    """What became of an order: the field that says it, as it stands, and what that means."""

    done: bool
    field: str
    text: str
    name: str
    word: Term | None

    @property
    def words(self) -> Words:
        if self.word is None:
            return f"{self.field}={self.text}"
        said = {"code": f"{self.field}={self.text}", "meaning": self.word}
        return Saying(*NP_("instrument answer", "%(code)s %(meaning)s"), said)


def outcome(message: Message) -> Became | None:
    """Whether the order that the message's QN names was carried out.

    9012 says it, and a 9011 that refuses; None for every other message and for a 9011 that only
    says the instrument has begun. A code that the tables lack has neither name nor word.
    """
    names, words, field = {
        REQUEST_ANSWER: (REQUEST_ANSWERS, REQUEST_WORDS, "QnRtn"),
        RESULT: (RESULTS, RESULT_WORDS, "ExeRtn"),
    }.get(message.cn, ({}, {}, ""))
    text = message.text(field) if field else ""
    if not text or (message.cn == REQUEST_ANSWER and text == "1"):
        return None
    known = int(text) if text.isascii() and text.isdecimal() else -1
    return Became(text == "1", field, text, names.get(known, ""), words.get(known))


def _reply(message: Message, cn: str, fields: Fields) -> Message:
    flag = None if message.flag is None else message.edition << 2
    if message.edition is Edition.HJ212_2005:
        said: Iterable[Fields] = ((("QN", message.request),), *((pair,) for pair in fields))
        groups = tuple(group for group in said if group[0][1])
        return _down(message, cn, "", SYSTEM, flag, groups)
    return _down(message, cn, message.request, SYSTEM, flag, (fields,) if fields else ())


def _down(to: Message, cn: str, qn: str, st: str, flag: int | None, groups: Content) -> Message:
    return Message(
        st=st, cn=cn, mn=to.mn, pw=to.pw, qn=qn, flag=flag, content=groups, checksum=to.checksum
    )
