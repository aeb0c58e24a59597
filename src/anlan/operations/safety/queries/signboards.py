"""What an enterprise's own signboard says, for pages that ask nobody who they are."""

from dataclasses import dataclass

from anlan.operations.safety.models import Enterprise


@dataclass(frozen=True, slots=True)
class Signboard:
    name: str
    area_code: str
    address: str
    sector: str


def signboard(enterprise_id: int) -> Signboard | None:
    """Name and address of an enterprise, whoever asks; None where there is none."""
    rows = Enterprise.objects.filter(pk=enterprise_id)
    found = rows.values_list("name", "area_code", "address", "sector").first()
    return Signboard(*found) if found else None
