"""Who goes to which enterprise 检查分工: a named one for it, else whoever has its place; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Charge:
    """An account of a unit in charge of an enterprise or, without one, of a whole place."""

    account_id: int
    role: str
    enterprise_id: int | None
    area_code: str


@dataclass(slots=True)
class Charges:
    """The charges of one unit, to be asked for many enterprises."""

    named: dict[int, Charge] = field(default_factory=dict)
    placed: list[Charge] = field(default_factory=list)

    @classmethod
    def of(cls, given: Iterable[Charge]) -> "Charges":
        found = cls()
        for one in given:
            if one.enterprise_id is not None:
                found.named[one.enterprise_id] = one
            else:
                found.placed.append(one)
        found.placed.sort(key=lambda one: -len(one.area_code))
        return found

    def who(self, enterprise_id: int, area_code: str, role: str) -> int | None:
        """Who goes to an enterprise for a plan of that role ("" is anybody's); the nearest first.

        >>> one = Charges.of([Charge(7, "grid_worker", None, "500106004"),
        ...                   Charge(8, "grid_worker", 3, "")])
        >>> one.who(3, "500106004001", ""), one.who(4, "500106004001", "township")
        (8, None)
        """
        for one in self._near(enterprise_id, area_code):
            if role in ("", one.role):
                return one.account_id
        return None

    def _near(self, enterprise_id: int, area_code: str) -> Iterator[Charge]:
        if enterprise_id in self.named:
            yield self.named[enterprise_id]
        yield from (one for one in self.placed if area_code.startswith(one.area_code))
