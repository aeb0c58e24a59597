"""What every page of the calls asks first: who, with which units."""

from django.http import HttpRequest

from anlan.operations.calls.queries.registers import calls_register
from anlan.operations.calls.queries.scope import person_of
from anlan.operations.calls.queries.units import units
from anlan.operations.calls.rules.loop import Person
from anlan.operations.people.queries import scope_of
from anlan.operations.registers.queries import Register


def person(request: HttpRequest) -> Person:
    return person_of(scope_of(request.user))


def register() -> tuple[Register, dict[str, str]]:
    """The register with the district's units to choose from, and all their names by code."""
    departments, streets = units()
    return calls_register(departments, streets), departments | streets
