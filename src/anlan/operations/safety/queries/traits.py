"""What the list of enterprises is asked for beyond its columns' own values."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from anlan.operations.safety.queries.persons import departments
from anlan.operations.safety.rules.enterprises import REGULATOR_WORDS


def having_trait(key: str) -> Q:
    """Enterprises with a special danger; the list of them is read as the text it is kept as."""
    return Q(Contains(Cast("traits", TextField()), f'"{key}"'))


def blind() -> Q:
    """Enterprises that lack one of their three regulators (R-114), or whose sector has a department
    of its own and is left to another sector's. One query: which those are."""
    found, own, units = Q(), Q(pk=None), departments()
    for key in REGULATOR_WORDS:
        found |= Q(**{key: ""})
    for sector, unit in units.items():
        own |= Q(sector=sector, sector_regulator=unit)
    return found | (Q(sector__in=units, sector_regulator__in=units.values()) & ~own)
