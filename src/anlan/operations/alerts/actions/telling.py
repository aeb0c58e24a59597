"""The mailings of an alert: the responsible persons, the households, loudspeakers, offices."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from anlan.operations.alerts.actions import desk
from anlan.operations.alerts.actions.compose import facts_of
from anlan.operations.alerts.actions.targets import (
    Ground,
    copy_addressees,
    household_addressees,
    loudspeaker_addressees,
    responsible_addressees,
    unreachable,
)
from anlan.operations.alerts.models import Alert
from anlan.operations.alerts.rules.texts import say
from anlan.operations.deadlines.actions import NewItem, open_item
from anlan.operations.messaging.actions import (
    Addressee,
    NewMailing,
    close_mailing,
    send_mailing,
)
from anlan.operations.messaging.queries import recipients
from anlan.operations.people.actions import PLATFORM
from anlan.vocabulary import clock
from anlan.vocabulary.levels import Standing
from anlan.vocabulary.words import N_

CALLING, PUBLISHED = "phase_calling", "phase_published"
DOORS_TITLE = N_("%(count)s households in %(place)s have no telephone: knock at their doors")
DOORS_ACTION = N_("Go to the doors")


def tell_responsible(ground: Ground, phase: str) -> None:
    """Call those who must answer, and start their clock."""
    alert, book = ground.alert, ground.book
    words = say(book, facts_of(alert, ground.codes), "responsible", phase=str(book.text[phase]))
    people = responsible_addressees(ground)
    if not people:
        return
    sent = _send(ground, "responsible", words, people, page={"kind": "call"})
    if any(one.must_answer for one in people):
        desk.watch_answers(sent, book)


def tell_public(ground: Ground, before: Alert | None) -> None:
    """Households, loudspeakers and offices; those who got the last message get this one too."""
    alert, book = ground.alert, ground.book
    facts = facts_of(alert, ground.codes)
    page = {
        "kind": "alert", "crest_at": _iso(alert.crest_at), "bring": str(book.text["bring"]),
        "depth": alert.depth,
    }  # fmt: skip
    homes = household_addressees(ground)
    _send(ground, "households", alert.message, homes, page=page)
    posts = loudspeaker_addressees(ground)
    if posts:
        _send(ground, "loudspeakers", say(book, facts, "loudspeaker"), posts, page={})
    offices = copy_addressees(ground)
    if offices:
        text = f"{alert.headline}。{alert.description}{alert.instruction}"
        _send(ground, "copies", text, offices, page={"kind": "copy"})
    if before is not None:
        _tell_released(ground, homes, before)
    _ask_for_doors(ground, homes)


def _tell_released(ground: Ground, homes: Iterable[Addressee], before: Alert) -> None:
    """Households of the last message that the new area leaves out hear of the update as well."""
    old = before.mailings.get("households")
    if old is None:
        return
    now_in = {home.ref for home in homes}
    left_out = [
        Addressee(
            ref=row.ref, label_masked=row.label, area_code=row.area_code, channel=row.channel,
            address_sealed=row.address_sealed,
            personal={"kind": "household", "helper": row.personal.get("helper"),
                      "slots": row.personal.get("slots", {})},
        )
        for row in recipients(old)
        if row.ref not in now_in
    ]  # fmt: skip
    if left_out:
        words = say(ground.book, facts_of(ground.alert, ground.codes), "released")
        _send(ground, "released", words, left_out, page={"kind": "update"})


def tell_lifted(ground: Ground, words: str) -> None:
    """Everybody who was told hears that it is over."""
    alert = ground.alert
    told = {
        row.ref: Addressee(
            ref=row.ref, label_masked=row.label, area_code=row.area_code, channel=row.channel,
            address_sealed=row.address_sealed,
            personal={"kind": row.personal.get("kind", "household"),
                      "helper": row.personal.get("helper")},
        )
        for kind in ("households", "responsible", "loudspeakers", "copies")
        if kind in alert.mailings
        for row in recipients(alert.mailings[kind])
    }  # fmt: skip
    if told:
        _send(ground, "lift", words, told.values(), page={"kind": "lift"})


def _send(
    ground: Ground, kind: str, text: str, to: Iterable[Addressee], page: dict[str, Any]
) -> int:
    alert, book = ground.alert, ground.book
    shared = {"sender": book.issuer.sender, "number": alert.number, "hotline": book.hotline}
    sent = send_mailing(
        PLATFORM,
        NewMailing(
            key=f"alert:{alert.pk}:{kind}", subject_kind="alert", subject_id=str(alert.pk),
            standing=Standing(alert.standing), level=None if kind == "lift" else alert.level,
            title=_title(alert, kind), text=text, expires_at=_until(alert, kind), addressees=to,
            page={**shared, **page},
        ),
    )  # fmt: skip
    alert.mailings = {**alert.mailings, kind: sent}
    alert.save(update_fields=["mailings"])
    return sent


def _title(alert: Alert, kind: str) -> str:
    return f"解除{alert.title}" if kind == "lift" else alert.title


def _until(alert: Alert, kind: str) -> datetime:
    from datetime import timedelta

    least = clock.now() + timedelta(hours=6)
    return max(alert.expires_at, least) if kind == "lift" else alert.expires_at


def stop_telling(alert: Alert, why: str, by: Alert | None = None) -> None:
    """Close an alert's mailings; where another replaces it, old links lead to the new ones."""
    after = by.mailings if by is not None else {}
    for kind, mailing in alert.mailings.items():
        if kind != "lift":
            close_mailing(PLATFORM, mailing, why, replaced_by=after.get(kind))


def _ask_for_doors(ground: Ground, homes: list[Addressee]) -> None:
    """Households nobody can telephone: the grid worker goes there."""
    from datetime import timedelta

    alert = ground.alert
    for code, count in sorted(unreachable(homes).items()):
        open_item(
            NewItem(
                key=f"alert:{alert.pk}:doors:{code}", kind="alerts.doors", title=DOORS_TITLE,
                parameters={"count": count, "place": ground.names.get(code, code)},
                action=DOORS_ACTION, link=desk.link(alert), right="response.report",
                area_code=code, due_at=clock.now() + timedelta(minutes=60),
            )
        )  # fmt: skip


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
