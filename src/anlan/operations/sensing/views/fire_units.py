"""What the page of a fire alarm unit says: its parts as they are now, and what was stated."""

from typing import Any

from django.utils.translation import gettext as _

from anlan.operations.sensing import queries
from anlan.protocols import gb26875
from anlan.vocabulary.notices import NoticeState


def fire_unit(code: str) -> dict[str, Any]:
    """Names of parts and states are the standard's own."""
    parts = queries.parts(code)
    return {
        "parts": [
            {"row": row, "name": gb26875.part_word(row.part),
             "states": "、".join(gb26875.word(one) for one in row.codes)}
            for row in parts
        ],
        "notices": [
            {"row": row, "part": gb26875.part_word(row.part), "what": _what(row)}
            for row in queries.notices(code)
        ],
        "fires": sum(row.fire for row in parts),
        "others": sum(bool(row.codes) and not row.fire for row in parts),
    }  # fmt: skip


def _what(row: queries.NoticeRow) -> str:
    word = gb26875.word(row.code)
    if row.value is not None:
        name, _blank, unit = word.partition(" ")
        return f"{name} {row.value:g} {unit}".strip()
    return _("%(what)s (operation)") % {"what": word} if row.state == NoticeState.EVENT else word
