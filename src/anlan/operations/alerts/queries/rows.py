"""Alerts as other contexts and pages see them: frozen rows within a scope."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from anlan.operations.alerts.models import Alert, AlertArea, Signature
from anlan.operations.alerts.rules.area import as_geojson
from anlan.operations.alerts.rules.states import AlertState
from anlan.operations.people.queries import Scope


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """Who took which step; `by_id` None is the platform. A void one stands before a change."""

    step: str
    by_id: int | None
    by: str
    post: str
    at: datetime
    words: str
    changes: int
    void: bool


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """A community in the area: people and households in the water, depth (m), first water."""

    code: str
    name: str
    people: int
    households: int
    max_depth_m: float | None
    arrival_at: datetime | None


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """What the municipality was asked and answered."""

    submitted_at: datetime
    answered_at: datetime | None
    approved: bool | None
    identifier: str
    words: str
    reference: str


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One message. Stages in metres above `datum`; `area` GeoJSON, lon/lat CGCS2000."""

    id: int
    number: str
    chain: str
    first_id: int
    previous_id: int | None
    hazard: str
    standing: str
    state: str
    level: int
    level_rule: dict[str, Any]
    run_id: int | None
    crest_at: datetime | None
    crest_stage_m: float | None
    crest_low_m: float | None
    crest_high_m: float | None
    datum: str
    headline: str
    title: str
    description: str
    instruction: str
    message: str
    edited: bool
    area_code: str
    area: dict[str, Any]
    area_edited: bool
    area_m2: float
    households: int
    people: int
    communities: tuple[CommunityRow, ...]
    signatures: tuple[SignatureRow, ...]
    submission: SubmissionRow | None
    trial: dict[str, Any]
    drafted_at: datetime
    expires_at: datetime
    published_at: datetime | None
    ended_at: datetime | None
    end_words: str
    identifier: str
    urgent_words: str
    papers_due_at: datetime | None
    papers_filed_at: datetime | None
    lift_proposed_at: datetime | None
    lift_words: str
    mailings: dict[str, int]

    @property
    def area_text(self) -> str:
        """The communities by name, as people say the area."""
        return "、".join(one.name for one in self.communities)

    @property
    def community_codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.communities)

    @property
    def mailing_ids(self) -> tuple[int, ...]:
        """The mailings that told people of this alert (not those that lifted it)."""
        return tuple(n for kind, n in self.mailings.items() if kind != "lift")

    def signed(self, step: str) -> SignatureRow | None:
        """The standing signature of a step; the emergency path counts as signing."""
        names = ("sign", "sign_urgent") if step == "sign" else (step,)
        found = [s for s in self.signatures if s.step in names and not s.void]
        return found[-1] if found else None

    @property
    def signed_at(self) -> datetime | None:
        found = self.signed("sign")
        return found.at if found else None


@dataclass(frozen=True, slots=True)
class Headline:
    """One message in one line."""

    id: int
    level: int
    headline: str


def in_scope(scope: Scope | None) -> QuerySet[Alert]:
    """Alerts of the scope's own area, or whose area reaches into it; None is the platform."""
    if scope is None:
        return Alert.objects.all()
    prefix = scope.area_prefix
    if prefix is None:
        return Alert.objects.none()
    inside = AlertArea.objects.filter(alert=OuterRef("pk"), code__startswith=prefix)
    return Alert.objects.filter(Q(area_code__startswith=prefix) | Exists(inside))


def alert(alert_id: int, scope: Scope | None = None) -> AlertRow | None:
    """One alert with its communities and signatures; None outside the scope. 3 queries."""
    rows = _rows(in_scope(scope).filter(pk=alert_id))
    return rows[0] if rows else None


def alerts(
    scope: Scope | None = None, states: Iterable[str] = (), limit: int = 100
) -> list[AlertRow]:
    """Alerts newest first; `states` empty means all. 3 queries whatever the number."""
    rows = in_scope(scope)
    wanted = list(states)
    if wanted:
        rows = rows.filter(state__in=wanted)
    return _rows(rows.order_by("-drafted_at", "-id")[:limit])


def in_force() -> AlertRow | None:
    """The alert in force, the most severe when there are several."""
    rows = _rows(_published()[:1])
    return rows[0] if rows else None


def headline_in_force() -> Headline | None:
    """What stands on every page of the alert in force. 1 query."""
    row = _published().values_list("id", "level", "headline").first()
    return Headline(*row) if row else None


def _published() -> QuerySet[Alert]:
    return Alert.objects.filter(state=AlertState.PUBLISHED).order_by("level", "-published_at")


def of_episode(first_id: int) -> list[AlertRow]:
    """All messages of one episode, oldest first."""
    return _rows(Alert.objects.filter(Q(pk=first_id) | Q(first_id=first_id)).order_by("id"))


def state_counts(scope: Scope | None = None) -> dict[str, int]:
    """How many alerts stand in which state."""
    counted = in_scope(scope).order_by().values_list("state").annotate(Count("id"))
    return dict(counted)


def cap_xml(alert_id: int, scope: Scope | None = None) -> str | None:
    """The newest CAP message of an alert as it left; None before that."""
    found = in_scope(scope).filter(pk=alert_id, publications__isnull=False)
    xml = found.order_by("-publications__id").values_list("publications__cap_xml", flat=True)
    return xml.first()


def _rows(found: QuerySet[Alert]) -> list[AlertRow]:
    rows = found.select_related("submission").prefetch_related("communities", "signatures")
    return [_row(one) for one in rows.defer("depth")]


def _row(one: Alert) -> AlertRow:
    area = shapely.from_wkb(bytes(one.area_wkb)) if one.area_wkb else None
    return AlertRow(
        **{name: getattr(one, name) for name in _SAME},
        id=one.pk,
        first_id=one.first_id or one.pk,
        previous_id=one.previous_id,
        area=as_geojson(area) if area is not None else {},
        communities=_communities(one.communities.all()),
        signatures=_signatures(one.signatures.all()),
        submission=_submission(one),
    )


_SAME = (
    "number", "chain", "hazard", "standing", "state", "level", "level_rule", "run_id", "crest_at",
    "crest_stage_m", "crest_low_m", "crest_high_m", "datum", "headline", "title", "description",
    "instruction", "message", "edited", "area_code", "area_edited", "area_m2", "households",
    "people", "trial", "drafted_at", "expires_at", "published_at", "ended_at", "end_words",
    "identifier", "urgent_words", "papers_due_at", "papers_filed_at", "lift_proposed_at",
    "lift_words", "mailings",
)  # fmt: skip


def _communities(rows: Iterable[AlertArea]) -> tuple[CommunityRow, ...]:
    listed = sorted(rows, key=lambda c: (-c.people, c.code))
    return tuple(
        CommunityRow(c.code, c.name, c.people, c.households, c.max_depth_m, c.arrival_at)
        for c in listed
    )


def _signatures(rows: Iterable[Signature]) -> tuple[SignatureRow, ...]:
    ordered: Sequence[Signature] = sorted(rows, key=lambda s: (s.at, s.pk))
    return tuple(
        SignatureRow(s.step, s.by_id, s.by_label, s.post, s.at, s.words, s.changes, s.void)
        for s in ordered
    )


def _submission(one: Alert) -> SubmissionRow | None:
    found = getattr(one, "submission", None)
    if found is None:
        return None
    return SubmissionRow(
        found.submitted_at, found.answered_at, found.approved, found.identifier, found.words,
        found.reference,
    )  # fmt: skip
