"""Illegal activities 打非 as a register: what the mark says, the danger's state, its case."""

from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.chemicals.models import IllegalActivity
from anlan.operations.chemicals.queries.registers import STANDS, WITHDRAWN
from anlan.operations.chemicals.rules.illegal import ACTIVITY_WORDS
from anlan.operations.chemicals.rules.words import ILLEGAL, KEEP
from anlan.operations.enforcement.queries.registers import CASES
from anlan.operations.people.queries import Scope
from anlan.operations.registers.queries import Field, Kind, Register, View
from anlan.operations.safety.queries.beside import Line, Section
from anlan.operations.safety.queries.dangers import told_of_case
from anlan.operations.safety.queries.registers import DANGERS, OF_ENTERPRISE
from anlan.operations.safety.queries.scope import dangers_in
from anlan.vocabulary.words import N_, NP_

_CASE_STATES = CASES.field("state").choices
# A danger is told its case's state by the state's English word.
CASE_WORDS = {term.word: term for term in _CASE_STATES.values()}
POLICE = _CASE_STATES["TRANSFERRED_CRIMINAL"].word
OPEN = STANDS & ~Q(danger__state="CLOSED")


def _of_danger(key: str, **more: Any) -> Field:
    """A field of the danger, as its own register declares it."""
    return replace(DANGERS.field(key), key=f"danger__{key}", typed=False, required=False, **more)


MARK_FIELDS = (
    Field(key="activity", word=NP_("illegal activity", "Activity"), kind=Kind.CHOICE,
          choices=ACTIVITY_WORDS, required=True, filtered=True),
    Field(key="substance", word=NP_("illegal activity", "Substance"), longest=120, searched=True,
          help=N_("As far as it is known.")),
    Field(key="units", word=NP_("illegal activity", "Checked jointly with"), searched=True,
          help=N_("Police, market regulation, transport and others, parted by commas.")),
)  # fmt: skip
ACTIVITIES = Register(
    title=NP_("register", "Illegal activities with chemicals"),
    order=("-marked_at", "-pk"),
    fields=(
        _of_danger("title"),
        _of_danger("number"),
        *MARK_FIELDS,
        _of_danger("unit"),
        _of_danger("area_code"),
        _of_danger("sector", listed=False),
        _of_danger("source"),
        _of_danger("state"),
        Field(key="case_number", word=NP_("illegal activity", "Enforcement case"), typed=False),
        Field(key="case_state", word=NP_("illegal activity", "State of the case"), typed=False,
              kind=Kind.CHOICE, choices=CASE_WORDS, filtered=True),
        _of_danger("found_at"),
        OF_ENTERPRISE,
    ),
    views=(
        View("stands", NP_("chemicals view", "In the list"), lambda scope, day: STANDS),
        View("open", NP_("illegal view", "Open"), lambda scope, day: OPEN),
        View("enforced", NP_("illegal view", "With enforcement"),
             lambda scope, day: STANDS & Q(danger__state="TO_ENFORCEMENT")),
        View("police", NP_("illegal view", "With the police"),
             lambda scope, day: STANDS & Q(case_state=POLICE)),
        WITHDRAWN,
    ),
)  # fmt: skip
MARKING = Register(title=ACTIVITIES.title, order=("pk",), fields=MARK_FIELDS)
_FIND = ("unit", "area_code", "place", "sector", "source", "description")
REPORTING = Register(
    title=ACTIVITIES.title, order=("pk",),
    fields=(
        DANGERS.field("title"),
        *MARK_FIELDS,
        *(replace(one, untyped=(*one.untyped, "self_check")) if one.key == "source" else one
          for one in map(DANGERS.field, _FIND)),
    ),
)  # fmt: skip


def activities_in(scope: Scope) -> QuerySet[IllegalActivity]:
    """Those whose danger lies within sight; an enterprise sees none."""
    rows = IllegalActivity.objects.all()
    if not scope.may(ILLEGAL):
        return rows.none()
    return rows.filter(Exists(dangers_in(scope).filter(pk=OuterRef("danger")))).annotate(
        enterprise=F("danger__enterprise"),
        case_number=told_of_case("case_number", "danger"),
        case_state=told_of_case("case_state", "danger"),
    )


def activity_of(scope: Scope, danger_id: int) -> Section | None:
    """What a danger's page says of its mark. One query; the page has found the danger in sight."""
    if not scope.may(ILLEGAL):
        return None
    one = IllegalActivity.objects.filter(danger=danger_id, withdrawn_at=None).first()
    lines: tuple[Line, ...] = ()
    if one is not None:
        said = " · ".join(part for part in (one.substance, one.units) if part)
        lines = (Line("", pgettext(*ACTIVITY_WORDS[one.activity]), said),)
    more = []
    if scope.may(KEEP):
        word = _("Mark it as an illegal activity") if one is None else _("Look at the mark")
        more = [(f"/chemicals/illegal/{danger_id}", word)]
    if not lines and not more:
        return None
    return Section(_("Illegal activity with chemicals"), lines, "", tuple(more))
