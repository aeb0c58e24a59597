"""What an enterprise's page shows of its chemicals."""

from django.utils.translation import gettext as _

from anlan.operations.chemicals.models import Waste
from anlan.operations.chemicals.queries.scope import records_in
from anlan.operations.chemicals.rules.words import KEEP, VIEW
from anlan.operations.people.queries import Scope
from anlan.operations.safety.queries.beside import Line, Section

SHOWN = 5


def chemicals_of(scope: Scope, enterprise_id: int) -> Section | None:
    """The wastes that have been stored longest. One query."""
    if not scope.may(VIEW):
        return None
    rows = records_in(Waste, scope).filter(enterprise=enterprise_id, withdrawn_at=None)
    lines = tuple(
        Line(f"/chemicals/wastes/{one.pk}", one.name, one.code, f"{one.stock.normalize():f} t",
             f"{one.gap.normalize():+f} t" if one.gap else "")
        for one in rows.order_by("since", "pk")[:SHOWN]
    )  # fmt: skip
    more = [(f"/chemicals/wastes?enterprise={enterprise_id}", _("All hazardous waste"))]
    if scope.may(KEEP):
        more.append((f"/chemicals/wastes/new?enterprise={enterprise_id}", _("Enter a waste")))
    return Section(_("Hazardous waste"), lines, _("No hazardous waste is entered."), tuple(more))
