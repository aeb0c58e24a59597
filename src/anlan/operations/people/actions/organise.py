from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from anlan.operations.people.actions.record import Actor, act
from anlan.operations.people.models import Organisation


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """One dated version of an organisation, as the district's files give it."""

    code: str
    name: str
    kind: str
    area_code: str
    valid_from: date
    valid_to: date | None = None
    parent_code: str = ""
    sector: str = ""
    admin_by: str = ""
    duties: tuple[str, ...] = ()
    source: str = ""


def load_organisations(actor: Actor, organisations: Iterable[NewOrganisation]) -> int:
    """Write the dated tree; loading the same version twice changes nothing."""
    with act("people.load_organisations", actor) as this:
        rows = [
            Organisation(**{**asdict(one), "duties": list(one.duties)}) for one in organisations
        ]
        Organisation.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code", "valid_from"],
            update_fields=["name", "kind", "parent_code", "area_code", "sector", "admin_by",
                           "duties", "source", "valid_to"],
        )  # fmt: skip
        this.on("organisation", "all", f"{len(rows)} organisations")
    return len(rows)
