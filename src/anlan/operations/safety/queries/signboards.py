"""What an enterprise's own signboard says, for pages that ask nobody who they are."""

from dataclasses import dataclass

from anlan.operations.safety.models import Enterprise


@dataclass(frozen=True, slots=True)
class Signboard:
    name: str
    area_code: str
    address: str
    sector: str
    credit_code: str


def signboard(enterprise_id: int) -> Signboard | None:
    """Name and address of an enterprise, whoever asks; None where there is none."""
    rows = Enterprise.objects.filter(pk=enterprise_id)
    found = rows.values_list("name", "area_code", "address", "sector", "credit_code").first()
    return Signboard(*found) if found else None


def named(name: str) -> int | None:
    """The enterprise of exactly this name; None where there is none, or more than one."""
    found = Enterprise.objects.filter(name=name).values_list("pk", flat=True)[:2]
    return found[0] if len(found) == 1 else None
