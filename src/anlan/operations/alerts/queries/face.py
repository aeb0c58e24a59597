"""One alert as its page shows it: flow, dry run or receipts, differences, map, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.operations.alerts.models import Alert
from anlan.operations.alerts.queries import cap, wording
from anlan.operations.alerts.queries.book import book
from anlan.operations.alerts.queries.receipts import (
    EscalationRow,
    LatePerson,
    asking_help,
    escalations,
    funnel,
    last_pace,
    late_people,
    not_reached,
)
from anlan.operations.alerts.queries.rows import AlertRow, SignatureRow, alert, of_episode
from anlan.operations.alerts.rules.states import MAJOR, AlertState
from anlan.operations.forecasts.queries import depth_props, run
from anlan.operations.messaging.queries import DeliveryRow, Funnel, sms_parts
from anlan.operations.people.queries import Scope
from anlan.operations.territory.queries import area_names

MARGIN = 0.15


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step of the flow at the head: done by whom, now, or next."""

    word: str
    name: str
    post: str
    at: datetime | None
    state: str
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """One line of the dry run: a count (None unknown), its share, the last message's share."""

    word: str
    count: int | None
    share: float
    tick: float | None
    estimate: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    good: bool
    text: str


@dataclass(frozen=True, slots=True)
class Receipts:
    """The board after the signature: late answers first."""

    funnel: Funnel
    rows: tuple[tuple[str, int], ...]
    late: tuple[LatePerson, ...]
    help: tuple[DeliveryRow, ...]
    doors: tuple[tuple[str, str, int], ...]
    escalations: tuple[EscalationRow, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """Everything the page of one alert shows."""

    row: AlertRow
    previous: AlertRow | None
    flow: tuple[FlowStep, ...]
    why: str
    message: str
    sms_parts: int
    differences: tuple[str, ...]
    reach: tuple[Reach, ...]
    channels: tuple[tuple[str, int], ...]
    checks: tuple[Check, ...]
    consequences: tuple[tuple[str, bool], ...]
    map: dict[str, Any]
    history: tuple[SignatureRow, ...]
    episode: tuple[AlertRow, ...]
    receipts: Receipts | None
    buffer_m: int
    names: dict[str, str]

    @property
    def drafting(self) -> bool:
        return self.row.state in (AlertState.DRAFT, AlertState.REVIEWED)

    @property
    def major(self) -> bool:
        return self.row.level in MAJOR


def face(alert_id: int, scope: Scope, theme: str = "light") -> Face | None:
    """The page of an alert; None when it is not within the scope."""
    row = alert(alert_id, scope)
    if row is None:
        return None
    previous = alert(row.previous_id, None) if row.previous_id else None
    drafting = row.state in (AlertState.DRAFT, AlertState.REVIEWED)
    return Face(
        row=row, previous=previous, flow=_flow(row), why=wording.why(row),
        message=wording.slotted(row.message), sms_parts=sms_parts(row.message),
        differences=tuple(wording.differences(row, previous)),
        reach=_reach(row, previous) if drafting else (), channels=_channels(row),
        checks=_checks(row, previous) if drafting else (),
        consequences=tuple(wording.consequences(row)) if drafting else (),
        map=_map(row, theme), history=tuple(reversed(row.signatures)),
        episode=tuple(reversed(of_episode(row.first_id))),
        receipts=None if drafting else _receipts(row, scope),
        buffer_m=round(book().area.buffer_m),
        names=area_names({code[:9] for code in row.community_codes} | set(row.community_codes)),
    )  # fmt: skip


def _flow(row: AlertRow) -> tuple[FlowStep, ...]:
    steps = []
    waiting = row.state in (AlertState.DRAFT, AlertState.REVIEWED)
    for step in ("draft", "review", "sign"):
        done = row.signed(step)
        word = wording.step_word(step)
        if done is not None:
            steps.append(FlowStep(word, done.by, done.post, done.at, "done", done.changes))
        elif waiting and not any(s.state == "now" for s in steps):
            steps.append(FlowStep(word, "", "", None, "now"))
        else:
            steps.append(FlowStep(word, "", "", None, "next"))
    word = wording.step_word("publish")
    if row.published_at is not None:
        steps.append(FlowStep(word, "", "", row.published_at, "done"))
    else:
        steps.append(FlowStep(word, "", "", None, "now" if row.state == "SIGNED" else "next"))
    return tuple(steps)


def _reach(row: AlertRow, previous: AlertRow | None) -> tuple[Reach, ...]:
    """Targeted, with an address, and what the last message lets expect in 10 and 30 minutes."""
    targeted, reachable = row.trial.get("targeted", 0), row.trial.get("reachable", 0)
    whole = max(targeted, 1)
    lines = [
        Reach(pgettext("receipt", "Targeted"), targeted, 1.0, None),
        Reach(_("With an address"), reachable, reachable / whole, None),
    ]
    last = last_pace(previous.id if previous else None)
    for word, taken in (
        (_("Expected to arrive in 10 minutes"), last.delivered_10min if last else None),
        (_("Expected to confirm in 30 minutes"), last.acked_30min if last else None),
    ):
        if last is None or taken is None or not last.targeted:
            lines.append(Reach(word, None, 0.0, None, True))
            continue
        share = taken / last.targeted
        lines.append(Reach(word, round(reachable * share), reachable * share / whole, share, True))
    return tuple(lines)


def _channels(row: AlertRow) -> tuple[tuple[str, int], ...]:
    counted = row.trial.get("by_channel", {})
    lines = [(wording.channel_word(name), number) for name, number in counted.items()]
    return (*lines, (_("Responsible persons, must answer"), row.trial.get("responsible", 0)))


def _checks(row: AlertRow, previous: AlertRow | None) -> tuple[Check, ...]:
    found = cap.breaches(Alert.objects.get(pk=row.id), book())
    checks = [
        Check(not found, _("CAP 1.2 rules kept") if not found
              else _("CAP 1.2: %(what)s") % {"what": f"{found[0].where} {found[0].detail}"}),
    ]  # fmt: skip
    if previous is not None:
        checks.append(Check(True, _("Refers to message %(number)s") % {"number": previous.number}))
    if not row.area:
        checks.append(Check(False, _("No area yet")))
    return tuple(checks)


def _receipts(row: AlertRow, scope: Scope) -> Receipts:
    counts = funnel(row.id, row.mailings)
    lines = (
        (pgettext("receipt", "Targeted"), counts.targeted),
        (pgettext("receipt", "Sent"), counts.sent),
        (pgettext("receipt", "Delivered"), counts.delivered),
        (pgettext("receipt", "Read"), counts.read),
        (pgettext("receipt", "Confirmed"), counts.acked),
    )
    late = late_people(row.id, scope, row.mailings) if row.state in ("SIGNED", "PUBLISHED") else []
    return Receipts(
        counts, lines, tuple(late), tuple(asking_help(row.id, scope, row.mailings)),
        _doors(not_reached(row.id, scope, row.mailings), row), tuple(escalations(row.id)),
    )  # fmt: skip


def _doors(missed: Sequence[DeliveryRow], row: AlertRow) -> tuple[tuple[str, str, int], ...]:
    names = {c.code: c.name for c in row.communities}
    counted: dict[str, int] = {}
    for one in missed:
        counted[one.area_code] = counted.get(one.area_code, 0) + 1
    return tuple((code, names.get(code, code), n) for code, n in sorted(counted.items()))


def _map(row: AlertRow, theme: str) -> dict[str, Any]:
    """The props of the map island: the area over the forecast's water."""
    props: dict[str, Any] = {
        "layers": "/map/layers.json", "on": ["shelters", "stage_stations"], "theme": theme,
        "legend": True, "area_level": row.level,
    }  # fmt: skip
    if row.area:
        props["area"] = {"type": "Feature", "properties": {}, "geometry": row.area}
        props["fit"] = _fit(row.area)
    made = run(row.run_id) if row.run_id else None
    if made is not None and made.frames:
        props["depth"] = depth_props(made, row.crest_at or made.issued_at)
    return props


def _fit(area: dict[str, Any]) -> list[float]:
    west, south, east, north = shapely.geometry.shape(area).bounds
    across, up = (east - west) * MARGIN, (north - south) * MARGIN
    return [west - across, south - up, east + across, north + up]
