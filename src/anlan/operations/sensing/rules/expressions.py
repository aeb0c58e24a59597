"""Conditions over several series, as people type them: ``stage > 182 and sum(rain_5min, 1h) > 20``.

A small language of our own: numbers, names of series (``stage`` or ``station.element``), + - * /,
comparisons, and/or/not, and max, min, sum, avg of a series over a span (``30min``, ``1h``). It is
parsed into typed nodes and never handed to an interpreter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from anlan.vocabulary.words import N_

LONGEST_TEXT = 300
DEEPEST = 30  # nested brackets and signs
LONGEST_WINDOW_S = 24 * 3600
FUNCTIONS = ("max", "min", "sum", "avg")
SPAN_S = {"min": 60, "h": 3600}
_TOKEN = re.compile(
    r"(?P<name>[A-Za-z0-9][\w-]*\.[a-z]\w*|[a-z]\w*)|(?P<span>\d+(?:min|h)\b)"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<sign>>=|<=|==|!=|[-+*/()<>,])",
    re.ASCII,
)


class BadExpression(ValueError):
    """What is wrong and where: `position` counts characters from 1; `message` is English."""

    def __init__(self, position: int, message: str, **parameters: object) -> None:
        super().__init__(f"{position}: {message % parameters if parameters else message}")
        self.position, self.message, self.parameters = position, message, parameters


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A series by its element, or by station and element; `position` from 1."""

    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Over:
    """max, min, sum or avg of a series over the span before a moment."""

    function: str
    of: Name
    window_s: int


@dataclass(frozen=True, slots=True)
class Negative:
    of: "Node"


@dataclass(frozen=True, slots=True)
class Sum:
    """left + - * / right."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Compare:
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    of: "Node"


@dataclass(frozen=True, slots=True)
class Both:
    """`word` is "and" or "or"."""

    word: str
    left: "Node"
    right: "Node"


Node = Number | Name | Over | Negative | Sum | Compare | Not | Both
CONDITIONS = (Compare, Not, Both)


class Token(NamedTuple):
    kind: str
    text: str
    position: int


def parsed(text: str) -> Node:
    """The condition as nodes. Raises `BadExpression` with the position and the reason."""
    if len(text) > LONGEST_TEXT:
        raise BadExpression(LONGEST_TEXT, N_("longer than %(most)d characters"), most=LONGEST_TEXT)
    reader = _Reader(list(_tokens(text)))
    node = reader.either(0)
    rest = reader.now
    if rest.kind != "end":
        raise BadExpression(rest.position, N_("“%(text)s” is not expected here"), text=rest.text)
    if not isinstance(node, CONDITIONS):
        raise BadExpression(1, N_("a condition compares: say what a value must reach"))
    return node


def names(node: Node) -> Iterator[Name]:
    """The series that an expression reads, in the order of their places."""
    match node:
        case Name():
            yield node
        case Over(of=of) | Negative(of=of) | Not(of=of):
            yield from names(of)
        case Sum(left=left, right=right) | Compare(left=left, right=right):
            yield from names(left)
            yield from names(right)
        case Both(left=left, right=right):
            yield from names(left)
            yield from names(right)


def longest_window_s(node: Node) -> float:
    """The longest span that an expression looks back over, seconds."""
    match node:
        case Over(window_s=window_s):
            return float(window_s)
        case Negative(of=of) | Not(of=of):
            return longest_window_s(of)
        case Sum(left=left, right=right) | Compare(left=left, right=right):
            return max(longest_window_s(left), longest_window_s(right))
        case Both(left=left, right=right):
            return max(longest_window_s(left), longest_window_s(right))
    return 0.0


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            raise BadExpression(place + 1, N_("“%(text)s” is not known here"), text=text[place])
        yield Token(found.lastgroup, found.group(), place + 1)
        place = found.end()
    yield Token("end", "", len(text) + 1)


class _Reader:
    """Recursive descent: or, and, not, comparison, + -, * /, sign, one thing."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._place = tokens, 0

    @property
    def now(self) -> Token:
        return self._tokens[self._place]

    def _take(self, *texts: str) -> Token | None:
        token = self.now
        if token.text in texts and token.kind != "end":
            self._place += 1
            return token
        return None

    def _wants(self, text: str) -> None:
        if self._take(text) is None:
            raise BadExpression(self.now.position, N_("“%(text)s” is missing here"), text=text)

    def either(self, depth: int) -> Node:
        node = self._all(depth)
        while word := self._take("or"):
            node = Both("or", _condition(node, word), _condition(self._all(depth), word))
        return node

    def _all(self, depth: int) -> Node:
        node = self._refused(depth)
        while word := self._take("and"):
            node = Both("and", _condition(node, word), _condition(self._refused(depth), word))
        return node

    def _refused(self, depth: int) -> Node:
        _not_too_deep(depth, self.now)
        if word := self._take("not"):
            return Not(_condition(self._refused(depth + 1), word))
        return self._compared(depth)

    def _compared(self, depth: int) -> Node:
        left = self._added(depth)
        if sign := self._take(">", "<", ">=", "<=", "==", "!="):
            return Compare(sign.text, _value(left, sign), _value(self._added(depth), sign))
        return left

    def _added(self, depth: int) -> Node:
        node = self._multiplied(depth)
        while sign := self._take("+", "-"):
            right = self._multiplied(depth)
            node = Sum(sign.text, _value(node, sign), _value(right, sign))
        return node

    def _multiplied(self, depth: int) -> Node:
        node = self._signed(depth)
        while sign := self._take("*", "/"):
            node = Sum(sign.text, _value(node, sign), _value(self._signed(depth), sign))
        return node

    def _signed(self, depth: int) -> Node:
        _not_too_deep(depth, self.now)
        if sign := self._take("-"):
            return Negative(_value(self._signed(depth + 1), sign))
        return self._one(depth)

    def _one(self, depth: int) -> Node:
        token = self.now
        if self._take("("):
            node = self.either(depth + 1)
            self._wants(")")
            return node
        self._place += token.kind != "end"
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "name" and token.text in FUNCTIONS:
            return self._over(token.text)
        if token.kind == "name" and token.text not in ("and", "or", "not"):
            return Name(token.text, token.position)
        raise BadExpression(token.position, N_("a number or the name of a series is missing here"))

    def _over(self, function: str) -> Over:
        self._wants("(")
        of = self.now
        if of.kind != "name":
            raise BadExpression(of.position, N_("the name of a series is missing here"))
        self._place += 1
        self._wants(",")
        span = self.now
        if span.kind != "span":
            raise BadExpression(span.position, N_("a span like 30min or 1h is missing here"))
        self._place += 1
        self._wants(")")
        digits = span.text.rstrip("minh")
        window_s = int(digits[:6]) * SPAN_S[span.text[len(digits) :]]
        if not 0 < window_s <= LONGEST_WINDOW_S:
            raise BadExpression(span.position, N_("a span is 1 minute to 24 hours"))
        return Over(function, Name(of.text, of.position), window_s)


def _not_too_deep(depth: int, token: Token) -> None:
    if depth > DEEPEST:
        raise BadExpression(token.position, N_("too many brackets inside each other"))


def _condition(node: Node, word: Token) -> Node:
    if not isinstance(node, CONDITIONS):
        raise BadExpression(
            word.position, N_("“%(text)s” joins conditions, not values"), text=word.text
        )
    return node


def _value(node: Node, sign: Token) -> Node:
    if isinstance(node, CONDITIONS):
        raise BadExpression(
            sign.position, N_("“%(text)s” takes values, not conditions"), text=sign.text
        )
    return node
