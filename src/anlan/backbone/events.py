"""Facts that rise through the house: frozen events, their wire form, and who reacts to them.

An action writes its event as a row in the same transaction (the outbox); the relay hands it to
every reaction at least once, after the commit. A reaction is idempotent.
"""

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import UnionType
from typing import Any, ClassVar, TypeVar, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of every fact. Subclasses are frozen dataclasses of plain values, with a dotted name."""

    name: ClassVar[str] = ""


E = TypeVar("E", bound=Event)
Reaction = Callable[[Any], None]

_kinds: dict[str, type[Event]] = {}
_reactions: dict[str, list[Reaction]] = {}


def fact(name: str) -> Callable[[type[E]], type[E]]:
    """Give an event class its name on the wire, e.g. ``@fact("alerts.signed")``."""

    def register(kind: type[E]) -> type[E]:
        if _kinds.get(name, kind).__qualname__ != kind.__qualname__:
            raise ValueError(f"two events are called {name}")
        kind.name = name
        _kinds[name] = kind
        return kind

    return register


def reacts_to(*kinds: type[Event]) -> Callable[[Reaction], Reaction]:
    """Register a reaction (used in an app's ``reactions`` only)."""

    def register(reaction: Reaction) -> Reaction:
        for kind in kinds:
            _reactions.setdefault(kind.name, []).append(reaction)
        return reaction

    return register


def reactions_for(name: str) -> list[Reaction]:
    return list(_reactions.get(name, ()))


def reaction_name(reaction: Reaction) -> str:
    """The name under which a reaction's work on an event is remembered."""
    return f"{reaction.__module__}.{reaction.__qualname__}"


def encode(event: Event) -> str:
    """JSON of the event's fields; times as ISO 8601 with offset."""
    values = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
    return json.dumps(values, ensure_ascii=False, default=_plain, sort_keys=True)


def decode(name: str, payload: str) -> Event:
    """The event that `encode` wrote; raises `KeyError` for a name nobody registered."""
    kind = _kinds[name]
    hints = get_type_hints(kind)
    values = json.loads(payload)
    return kind(**{key: _typed(hints[key], value) for key, value in values.items()})


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not a plain value for an event")


def _typed(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin is UnionType:
        return value if value is None else _typed(get_args(hint)[0], value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    if origin is tuple:
        return tuple(_typed(get_args(hint)[0], item) for item in value)
    if isinstance(hint, type) and value is not None and not isinstance(value, hint | dict | list):
        return hint(value)
    return value
