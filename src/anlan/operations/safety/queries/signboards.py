"""What an enterprise's own signboard says, for pages that ask nobody who they are."""

from dataclasses import dataclass

from anlan.operations.safety.models import Enterprise

_KEYS = (
    "name", "area_code", "address", "sector", "credit_code", "sector_regulator",
    "local_regulator", "state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signboard:
    """`regulator`: the unit that regulates it, by code; its sector's before its street."""

    name: str
    area_code: str
    address: str
    sector: str
    credit_code: str
    regulator: str
    closed: bool


def signboard(enterprise_id: int) -> Signboard | None:
    """Name and address of an enterprise, whoever asks; None where there is none."""
    rows = Enterprise.objects.filter(pk=enterprise_id)
    found = rows.values_list(*_KEYS).first()
    if found is None:
        return None
    name, area, address, sector, code, by_sector, local, state = found
    regulator = by_sector or local
    return Signboard(name, area, address, sector, code, regulator, closed=state == "closed")


def named(name: str) -> int | None:
    """The enterprise of exactly this name; None where there is none, or more than one."""
    found = Enterprise.objects.filter(name=name).values_list("pk", flat=True)[:2]
    return found[0] if len(found) == 1 else None
