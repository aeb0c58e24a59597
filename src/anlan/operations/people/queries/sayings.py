"""Terms and sayings of pure code in the language of the reader, also as they are kept in JSON."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext

_BARE = 2  # parts of a term; a saying has its values as well


def spoken(value: Any) -> str:
    """A `Term` or `Saying`, or the list that JSON makes of it; what is neither as it stands."""
    if not isinstance(value, list | tuple):
        return f"{value}"
    text = pgettext(*value[:_BARE])
    values: Mapping[str, Any] = value[_BARE] if len(value) > _BARE else {}
    return text % {name: spoken(one) for name, one in values.items()} if values else text
