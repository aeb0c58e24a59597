"""Orders to devices: given by a person, carried by a gateway, answered through the spool."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from uuid import uuid4

from django.db import transaction

from anlan.backbone.commands import desk
from anlan.operations.people.actions import PLATFORM, Act, Actor, act, seal_text
from anlan.operations.sensing.events import OrderMoved
from anlan.operations.sensing.models import DeviceCommand, Station
from anlan.operations.sensing.queries.orders import as_command
from anlan.operations.sensing.rules.order_kinds import ORDER_KINDS, PROMPT_S, arguments
from anlan.operations.sensing.rules.orders import (
    ORDER,
    ORDERABLE,
    OrderState,
    lives_s,
)
from anlan.protocols.sl651.works import Work
from anlan.vocabulary import clock
from anlan.vocabulary.frames import CommandAnswer
from anlan.vocabulary.readings import Outcome
from anlan.vocabulary.transitions import NoSuchStep, Refused
from anlan.vocabulary.words import N_

EXPIRE_AT_ONCE = 200
MOST_SAID = 100
# Several of these may wait side by side: each asks for something else.
_WITH_PERIODS = {"ask_period", "ask_element", "set_setting", "set_parameter", "say"}


def order_device(
    actor: Actor,
    station_code: str,
    verb: str,
    *,
    key: str = "",
    given: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Order a station's device to do something; returns the command's id.

    `key` is the form's own: sent twice, it is one order. `given` is what the order takes
    (`rules.order_kinds`). Raises `Refused` for a station without such a device, for what no such
    device can be told, and while the same order is still under way; `Station.DoesNotExist`.
    """
    with act("sensing.order_device", actor) as this:
        station = Station.objects.select_for_update().get(code=station_code)
        this.on("station", station.code, station.name)
        if DeviceCommand.objects.filter(code=key).exists():
            this.detail = {"order": key, "repeated": True}
            return key
        carried = _check(station, verb, given)
        now = clock.now()
        order = DeviceCommand.objects.create(
            code=key or uuid4().hex, station=station, device=station.device, verb=verb,
            arguments=carried, ordered_at=now, ordered_by=actor.label,
            expires_at=now + timedelta(seconds=_lives_s(verb, station)),
        )  # fmt: skip
        this.detail = {"order": order.code, "verb": verb, "arguments": order.arguments}
        _tell(this, order)
        transaction.on_commit(lambda: desk().place(as_command(order)))
        return order.code


def _lives_s(verb: str, station: Station) -> float:
    return PROMPT_S if ORDER_KINDS[verb].promptly else lives_s(station.interval_s)


def _check(station: Station, verb: str, given: Mapping[str, str]) -> dict[str, str]:
    """What the order carries; a password sealed, with the one that it takes the place of."""
    if not station.device or station.protocol not in ORDERABLE:
        raise Refused(N_("This station has no device that takes orders."))
    carried = arguments(verb, station.protocol, given)
    waiting = DeviceCommand.objects.filter(
        station=station, verb=verb, state=OrderState.QUEUED, expires_at__gt=clock.now()
    )
    if any(one.verb not in _WITH_PERIODS or one.arguments == carried for one in waiting):
        raise Refused(N_("The same order is already waiting for this device."))
    if verb == Work.LOCK:
        both = {"sealed": carried["password"], "before": f"{station.password & 0xFFFF:04X}"}
        return {name: seal_text(word).hex() for name, word in both.items()}
    return carried


def record_answers(answers: Sequence[CommandAnswer]) -> None:
    """What gateways say of orders. Said again, or of an order nobody gave, it changes nothing."""
    if not answers:
        return
    codes = {answer.command for answer in answers}
    orders = {
        order.code: order
        for order in DeviceCommand.objects.select_for_update(of=("self",))
        .filter(code__in=codes)
        .select_related("station")
        .order_by("pk")
    }
    for answer in answers:
        order = orders.get(answer.command)
        if order is not None and order.device.upper() == answer.device.upper():
            _move(order, answer)


def _move(order: DeviceCommand, answer: CommandAnswer) -> None:
    try:
        step = ORDER.step(answer.outcome, order.state)
    except NoSuchStep:
        return
    with act("sensing.move_order", PLATFORM) as this:
        order.state = step.leads_to(order.state)
        if answer.outcome is Outcome.SENT:
            order.sent_at = answer.at
        else:
            order.answered_at, order.said = answer.at, list(answer.said[:MOST_SAID])
        order.save(update_fields=["state", "sent_at", "answered_at", "said"])
        if order.verb == Work.LOCK and answer.outcome is Outcome.OK:
            password = int(dict(as_command(order).arguments)["password"], 16)
            Station.objects.filter(pk=order.station_id).update(
                password=password, password_at=clock.now()
            )
        this.on("station", order.station.code, order.station.name)
        this.detail = {"order": order.code, "outcome": answer.outcome, "said": order.said}
        _tell(this, order)


def expire_orders() -> int:
    """Close the orders that no device answered in time; returns how many."""
    late = DeviceCommand.objects.filter(
        state__in=ORDER.step("expire", OrderState.SENT).sources, expires_at__lte=clock.now()
    )
    return sum(
        _expire(pk) for pk in late.order_by("pk").values_list("pk", flat=True)[:EXPIRE_AT_ONCE]
    )


def _expire(pk: int) -> int:
    with act("sensing.expire_order", PLATFORM) as this:
        order = DeviceCommand.objects.select_for_update().get(pk=pk)
        try:
            order.state = ORDER.step("expire", order.state).target
        except NoSuchStep:
            this.on("order", order.code, order.device)
            return 0
        order.save(update_fields=["state"])
        this.on("station", order.station.code, order.station.name)
        this.detail = {"order": order.code}
        _tell(this, order)
    return 1


def _tell(this: Act, order: DeviceCommand) -> None:
    this.publish(
        OrderMoved(order=order.code, station_code=order.station.code, state=str(order.state))
    )
