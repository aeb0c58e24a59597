"""What an enterprise's page shows of its chemicals."""

from datetime import date

from django.db.models import CharField, Count, Min, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anlan.operations.chemicals.models import Holding, Pipeline, Waste
from anlan.operations.chemicals.queries.scope import records_in
from anlan.operations.chemicals.rules.words import KEEP, VIEW
from anlan.operations.people.queries import Scope
from anlan.operations.people.queries.days import day_words
from anlan.operations.safety.queries.beside import Line, Section
from anlan.vocabulary import clock

SHOWN = 5


def chemicals_of(scope: Scope, enterprise_id: int) -> Section | None:
    """The wastes that have been stored longest. One query."""
    if not scope.may(VIEW):
        return None
    rows = records_in(Waste, scope).filter(enterprise=enterprise_id, withdrawn_at=None)
    lines = tuple(
        Line(f"/chemicals/wastes/{one.pk}", one.name, one.code, f"{one.stock.normalize():f} t",
             f"{one.gap.normalize():+f} t".replace("-", "−") if one.gap else "")
        for one in rows.order_by("since", "pk")[:SHOWN]
    )  # fmt: skip
    more = [(f"/chemicals/wastes?enterprise={enterprise_id}", _("All hazardous waste"))]
    if scope.may(KEEP):
        more.append((f"/chemicals/wastes/new?enterprise={enterprise_id}", _("Enter a waste")))
    return Section(_("Hazardous waste"), lines, _("No hazardous waste is entered."), tuple(more))


def chain_of(scope: Scope, enterprise_id: int) -> Section | None:
    """A line for the chain of substances and one for the pipelines: how many, and what ends first.
    One query; none of them, no section."""
    if not scope.may(VIEW):
        return None
    kept = {"enterprise": enterprise_id, "withdrawn_at": None}
    chain = records_in(Holding, scope).filter(**kept).values("enterprise")
    pipes = records_in(Pipeline, scope).filter(**kept).values("enterprise")
    both = chain.values_list(
        Value("chain", CharField()), Count("pk"), Min("licence_until")
    ).union(
        pipes.values_list(Value("pipelines", CharField()), Count("pk"), Min("inspect_by"))
    )  # fmt: skip
    found = {key: (n, until) for key, n, until in both}
    lines = []
    if "chain" in found:
        n, until = found["chain"]
        said = ngettext("%(n)s substance", "%(n)s substances", n) % {"n": n}
        lines.append(
            _line(
                f"/chemicals?enterprise={enterprise_id}",
                _("Chain of hazardous chemicals"),
                said,
                (until, _("Licence until")),
            )
        )
    if "pipelines" in found:
        n, until = found["pipelines"]
        said = ngettext("%(n)s pipeline", "%(n)s pipelines", n) % {"n": n}
        lines.append(
            _line(
                f"/chemicals/pipelines?enterprise={enterprise_id}",
                _("Pipelines of hazardous chemicals"),
                said,
                (until, _("Inspect until")),
            )
        )
    return Section(_("Hazardous chemicals"), tuple(lines)) if lines else None


def _line(address: str, title: str, small: str, ends: tuple[date | None, str]) -> Line:
    until, word = ends
    said = "" if until is None else f"{word} {day_words(until)}"
    late = until is not None and until < clock.today()
    return Line(address, title, small, "" if late else said, said if late else "")
