"""What the list of enterprises is asked for beyond its columns' own values."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from anlan.operations.safety.rules.enterprises import REGULATOR_WORDS


def having_trait(key: str) -> Q:
    """Enterprises with a special danger; the list of them is read as the text it is kept as."""
    return Q(Contains(Cast("traits", TextField()), f'"{key}"'))


def blind() -> Q:
    """Enterprises that lack one of their three regulators (R-114)."""
    found = Q()
    for key in REGULATOR_WORDS:
        found |= Q(**{key: ""})
    return found
