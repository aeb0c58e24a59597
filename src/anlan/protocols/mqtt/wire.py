"""MQTT's data types on the wire (MQTT 5.0, 1.5 and 2.2.2; MQTT 3.1.1, 1.5)."""

from collections.abc import Mapping
from typing import Final

from anlan.protocols.framing import Malformed, NotEncodable

LONGEST_STRING = 0xFFFF
BYTE, TWO, FOUR, VARIABLE, STRING, BINARY, PAIR = range(7)

# Identifier -> type (MQTT 5.0, table 2-4).
PROPERTIES: Final[Mapping[int, int]] = {
    0x01: BYTE, 0x02: FOUR, 0x03: STRING, 0x08: STRING, 0x09: BINARY, 0x0B: VARIABLE,
    0x11: FOUR, 0x12: STRING, 0x13: TWO, 0x15: STRING, 0x16: BINARY, 0x17: BYTE, 0x18: FOUR,
    0x19: BYTE, 0x1A: STRING, 0x1C: STRING, 0x1F: STRING, 0x21: TWO, 0x22: TWO, 0x23: TWO,
    0x24: BYTE, 0x25: BYTE, 0x26: PAIR, 0x27: FOUR, 0x28: BYTE, 0x29: BYTE, 0x2A: BYTE,
}  # fmt: skip
USER_PROPERTY = 0x26
Value = int | str | bytes | tuple[str, str]


class Reader:
    """A packet's bytes from front to back; raises `Malformed` where they end too soon."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        part = self._data[self._at : self._at + count]
        if len(part) < count:
            raise Malformed(f"the packet ends {count - len(part)} bytes too soon")
        self._at += count
        return part

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def variable(self) -> int:
        """A variable byte integer (1.5.5)."""
        value = 0
        for place in range(4):
            (byte,) = self.take(1)
            value |= (byte & 0x7F) << 7 * place
            if not byte & 0x80:
                return value
        raise Malformed("a length of more than four bytes")

    def binary(self) -> bytes:
        return self.take(self.number(2))

    def string(self) -> str:
        """UTF-8 with its length; U+0000 is no character of a string (1.5.4)."""
        try:
            text = self.binary().decode()
        except UnicodeDecodeError:
            raise Malformed("a string that is not UTF-8") from None
        if "\0" in text:
            raise Malformed("a string with U+0000")
        return text

    def properties(self) -> tuple[tuple[int, Value], ...]:
        """The properties of an MQTT 5 packet, in their order (2.2.2)."""
        inner = Reader(self.take(self.variable()))
        found: list[tuple[int, Value]] = []
        while inner.more():
            identifier = inner.variable()
            if identifier not in PROPERTIES:
                raise Malformed(f"property {identifier} does not exist")
            if identifier != USER_PROPERTY and any(known == identifier for known, _ in found):
                raise Malformed(f"property {identifier} stands twice")
            found.append((identifier, inner._value(PROPERTIES[identifier])))
        return tuple(found)

    @property
    def left(self) -> int:
        """Bytes that have not been read."""
        return len(self._data) - self._at

    def rest(self) -> bytes:
        return self.take(self.left)

    def more(self) -> bool:
        return self.left > 0

    def end(self) -> None:
        if self.more():
            raise Malformed(f"{self.left} bytes too many")

    def _value(self, kind: int) -> Value:
        match kind:
            case 0 | 1 | 2:
                return self.number((1, 2, 4)[kind])
            case 3:
                return self.variable()
            case 4:
                return self.string()
            case 5:
                return self.binary()
        return self.string(), self.string()


def variable(value: int) -> bytes:
    """A variable byte integer."""
    if not 0 <= value < 1 << 28:
        raise NotEncodable(f"{value} does not fit into four bytes")
    out = bytearray()
    while True:
        value, byte = value >> 7, value & 0x7F
        out.append(byte | 0x80 if value else byte)
        if not value:
            return bytes(out)


def number(value: int, size: int) -> bytes:
    try:
        return value.to_bytes(size, "big")
    except OverflowError:
        raise NotEncodable(f"{value} does not fit into {size} bytes") from None


def binary(data: bytes) -> bytes:
    if len(data) > LONGEST_STRING:
        raise NotEncodable(f"{len(data)} bytes are more than a string holds")
    return number(len(data), 2) + data


def string(text: str) -> bytes:
    if "\0" in text:
        raise NotEncodable("a string has no U+0000")
    return binary(text.encode())


def properties(given: tuple[tuple[int, Value], ...]) -> bytes:
    """Properties with their length in front."""
    out = b"".join(
        variable(identifier) + _one(PROPERTIES[identifier], value) for identifier, value in given
    )
    return variable(len(out)) + out


def _one(kind: int, value: Value) -> bytes:
    if isinstance(value, tuple):
        return string(value[0]) + string(value[1])
    if isinstance(value, bytes):
        return binary(value)
    if isinstance(value, str):
        return string(value)
    return variable(value) if kind == VARIABLE else number(value, (1, 2, 4)[kind])
