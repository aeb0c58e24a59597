"""What the page of a fire alarm unit says: its parts as they are now, and what was stated."""

from typing import Any

from django.utils.translation import gettext as _

from anlan.operations.people.queries.sayings import spoken
from anlan.operations.registers.queries import series
from anlan.operations.sensing import queries
from anlan.operations.sensing.views.lines import said, skew_words
from anlan.protocols import gb26875
from anlan.vocabulary.notices import NoticeState
from anlan.vocabulary.words import NP_

PARTICULARS = {
    gb26875.VERSION: NP_("fire unit", "Software version"),
    gb26875.CONFIGURATION: NP_("fire unit", "Configuration"),
    gb26875.CLOCK: NP_("fire unit", "Clock"),
}


def fire_unit(code: str) -> dict[str, Any]:
    """What the unit and its parts state, in the reader's language."""
    parts = queries.parts(code)
    return {
        "parts": [
            {"row": row, "name": _part(row.part),
             "states": series(spoken(gb26875.word(one)) for one in row.codes)}
            for row in parts
        ],
        "notices": [
            {"row": row, "part": _part(row.part), "what": _what(row)}
            for row in queries.notices(code)
        ],
        "particulars": [
            {"row": row, "part": _part(row.part), "what": said(PARTICULARS[row.code]),
             "skew": skew_words(row.skew_s), "unread": gb26875.UNREADABLE in row.text}
            for row in queries.particulars(code)
        ],
        "fires": sum(row.fire for row in parts),
        "others": sum(bool(row.codes) and not row.fire for row in parts),
    }  # fmt: skip


def _part(part: str) -> str:
    return spoken(gb26875.part_word(part))


def _what(row: queries.NoticeRow) -> str:
    what = spoken(gb26875.word(row.code, row.value))
    if row.value is None and row.state == NoticeState.EVENT:
        return _("%(what)s (operation)") % {"what": what}
    return what
