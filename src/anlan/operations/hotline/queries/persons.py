"""Who takes a step of a report, and who may be named for one."""

from anlan.operations.hotline.queries.state import hazard_terms
from anlan.operations.hotline.rules.hazards import HAZARD_OF, Sign
from anlan.operations.hotline.rules.loop import Person
from anlan.operations.hotline.rules.states import IDENTITY, Kind
from anlan.operations.people.queries import Scope, holding, organisations
from anlan.vocabulary import clock

UNITS = ("department", "township", "zone", "bureau")


def person_of(scope: Scope, organisation: str) -> Person:
    """An account as the rules see it."""
    return Person(
        id=scope.account_id, rights=scope.rights, organisation=organisation
    )  # fmt: skip


def able_handlers(area_code: str) -> dict[int, str]:
    """The bureau's people who may be named to know an informant; names by account id."""
    return {one.id: one.name for one in holding(IDENTITY, area_code[:6])}


def units(kind: str = "", sign: str = "") -> dict[str, str]:
    """The units that verify reports of a kind; name by organisation code.

    Of a concealed accident the government has the verification organised [AQF 73]: its bureau. A
    sign of a natural hazard: the department of that hazard, where the district's table names it.
    """
    able = ("bureau",) if kind == Kind.CONCEALED else UNITS
    if kind == Kind.HAZARD and sign:
        named = hazard_terms(clock.today()).units.get(HAZARD_OF[Sign(sign)], ())
        found = {one.code: one.name for one in organisations() if one.code in named}
        if found:
            return found
    return {one.code: one.name for one in organisations() if one.kind in able}
