"""Indicators for other programs."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from anlan.operations.assessment import queries
from anlan.operations.people.queries import admitted

router = Router()


class EvidenceOut(Schema):
    """A record behind a figure and where it opens."""

    label: str
    link: str


class IndicatorOut(Schema):
    """An indicator; direction ge, le or lt; status DONE, ON_TRACK, BEHIND, AT_RISK, NO_DATA."""

    id: str
    name: str
    value: float | None
    unit: str
    target: float
    direction: str
    status: str
    expected: float
    numerator: float | None
    denominator: float | None
    nature: str
    formula: str
    source: str
    note: str


class IndicatorFile(IndicatorOut):
    evidence: list[EvidenceOut]


@router.get("/indicators", response=list[IndicatorOut])
def indicators(request: HttpRequest) -> Any:
    """All indicators in force today, recomputed from records now."""
    return queries.indicators(admitted(request, "assessment.view"))


@router.get("/indicators/{code}", response=IndicatorFile)
def indicator(request: HttpRequest, code: str) -> Any:
    """One indicator with the records behind it."""
    row = queries.indicator(code, admitted(request, "assessment.view"))
    if row is None:
        raise Http404
    fields = {name: getattr(row, name) for name in IndicatorOut.model_fields}
    return {**fields, "evidence": [line._asdict() for line in row.evidence]}
