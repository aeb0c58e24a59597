"""The alert as a CAP 1.2 message: built here, checked before it is signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shapely.geometry import MultiPolygon

from anlan.operations.alerts.models import Alert, AlertArea, Publication
from anlan.operations.alerts.queries.area import polygon_of
from anlan.operations.alerts.rules.book import Book
from anlan.protocols import cap
from anlan.vocabulary import clock
from anlan.vocabulary.areas import statistical
from anlan.vocabulary.levels import AlertLevel, Standing
from anlan.vocabulary.readings import Position

LANGUAGE = "zh-CN"
NOTES = {Standing.EXERCISE: "演练：{title}", Standing.TEST: "测试：{title}", Standing.ACTUAL: ""}


@dataclass(frozen=True, slots=True)
class Telling:
    """What a message adds to its alert: its kind, identifier, time, and the reason of a lift."""

    kind: cap.MsgType
    identifier: str
    sent_at: datetime
    headline: str
    words: str = ""


def message(alert: Alert, telling: Telling, book: Book) -> cap.CapAlert:
    """The CAP message of an alert, an update or a lift."""
    sent = telling.sent_at.astimezone(clock.CHINA)
    lift = telling.kind is cap.MsgType.CANCEL
    note = telling.words or NOTES[Standing(alert.standing)].format(title=alert.title)
    return cap.CapAlert(
        identifier=telling.identifier, sender=book.issuer_for(alert.level).sender_code, sent=sent,
        status=cap.Status(alert.standing), msg_type=telling.kind, scope=cap.Scope.PUBLIC,
        note=note, references=_references(alert, telling),
        infos=(_info(alert, telling, book, lift),),
    )  # fmt: skip


def _info(alert: Alert, telling: Telling, book: Book, lift: bool) -> cap.CapInfo:
    level = AlertLevel(alert.level)
    response = cap.ResponseType.ALL_CLEAR if lift else cap.ResponseType.EVACUATE
    expires = None if lift else alert.expires_at.astimezone(clock.CHINA)
    codes = AlertArea.objects.filter(alert=alert).order_by("code").values_list("code", "name")
    return cap.CapInfo(
        language=LANGUAGE, categories=(cap.Category(book.hazard.category),),
        event=book.hazard.event, response_types=(response,),
        urgency=cap.Urgency.PAST if lift else cap.Urgency.EXPECTED,
        severity=cap.SEVERITY[level], certainty=cap.Certainty.LIKELY,
        effective=telling.sent_at.astimezone(clock.CHINA), expires=expires,
        sender_name=book.issuer_for(alert.level).sender, headline=telling.headline,
        description=telling.words if lift else alert.description,
        instruction="" if lift else alert.instruction,
        parameters=(("AlertLevel", str(alert.level)), ("Number", alert.number)),
        areas=(_area(alert, list(codes)),),
    )  # fmt: skip


def _area(alert: Alert, codes: Sequence[tuple[str, str]]) -> cap.CapArea:
    return cap.CapArea(
        description="、".join(name for _, name in codes) or alert.area_code,
        polygons=_rings(polygon_of(alert)),
        geocodes=tuple(
            ("GB/T 2260", statistical(code)) for code, _ in (codes or [(alert.area_code, "")])
        ),
    )


def _rings(area: MultiPolygon | None) -> tuple[tuple[Position, ...], ...]:
    """Outer rings; CAP knows no holes, so an island of dry ground is inside the area."""
    if area is None:
        return ()
    return tuple(
        tuple(Position(round(x, 6), round(y, 6)) for x, y in part.exterior.coords)
        for part in area.geoms
    )


def _references(alert: Alert, telling: Telling) -> tuple[cap.Reference, ...]:
    """The first message of the episode, and the one before this where it is another (3.5)."""
    if telling.kind is cap.MsgType.ALERT:
        return ()
    ids = [n for n in (alert.first_id, alert.previous_id) if n is not None]
    if telling.kind is cap.MsgType.CANCEL:
        ids.append(alert.pk)
    found = Publication.objects.filter(alert_id__in=set(ids)).exclude(identifier=telling.identifier)
    return tuple(
        cap.Reference(_sender(row.identifier), row.identifier, row.sent_at.astimezone(clock.CHINA))
        for row in found.order_by("id")
    )


def _sender(identifier: str) -> str:
    """An identifier begins with its sender's code."""
    return identifier.split("_", 1)[0]


def free_identifier(sender_code: str, at: datetime) -> str:
    """sender code _ yyyyMMddHHmmss; a second later when two messages fall on one second."""
    moment = at.astimezone(clock.CHINA)
    while True:
        identifier = f"{sender_code}_{moment:%Y%m%d%H%M%S}"
        if not Publication.objects.filter(identifier=identifier).exists():
            return identifier
        moment += timedelta(seconds=1)


def breaches(alert: Alert, book: Book) -> list[cap.Breach]:
    """The CAP rules that the alert would break if it left now."""
    now, kind = clock.now(), cap.MsgType.ALERT
    telling = Telling(
        kind, free_identifier(book.issuer_for(alert.level).sender_code, now), now, alert.headline
    )
    return cap.check(message(alert, telling, book))
