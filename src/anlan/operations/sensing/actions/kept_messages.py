"""Messages of MQTT topics that had no map: read once a map of their topic is there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from anlan.operations.people.actions import Actor, act
from anlan.operations.sensing.actions.record import record_frames
from anlan.operations.sensing.actions.topics import NoSuchMap
from anlan.operations.sensing.models import BadFrame, Station, TopicMapping
from anlan.operations.sensing.queries import maps_for_gateways
from anlan.protocols import mqtt
from anlan.vocabulary import clock, frames
from anlan.vocabulary.frames import Frame, Line

UNKNOWN = "unknown_station"
_MOST, _AT_ONCE = 10_000, 500


@dataclass(slots=True)
class ReadAgain:
    """What became of kept messages: `stored` readings out of `messages` of them.

    `strangers` speak of devices that nobody registered and stand under these now. `left` give no
    reading yet and stay as they were; `reason` says why the newest of them does, `device` of whom.
    """

    messages: int = 0
    stored: int = 0
    strangers: int = 0
    left: int = 0
    reason: str = ""
    device: str = ""


def read_kept_messages(actor: Actor, map_id: int) -> ReadAgain:
    """Read what was kept of a map's topics as if it had come when all the maps of now were there.

    What it says is as late as it is old: recorded, and no stale alarm is raised. The newest 10,000
    that are not read yet; again, it takes the rest. Raises `NoSuchMap` for one that is not in use.
    """
    done = ReadAgain()
    with act("sensing.read_kept_messages", actor) as this:
        given = TopicMapping.objects.filter(pk=map_id, replaced_at=None).first()
        if given is None:
            raise NoSuchMap(map_id)
        this.on("topic_map", given.pk, given.name)
        unread = BadFrame.objects.filter(reason=mqtt.UNMAPPED, read_at=None).exclude(raw="")
        listed = unread.order_by("-received_at", "-pk").values_list("pk", "detail")
        fitting = [pk for pk, topic in listed if mqtt.matches(given.topic, topic) is not None]
        maps, accounts = maps_for_gateways(), _accounts()
        oldest_first = fitting[:_MOST][::-1]
        for first in range(0, len(oldest_first), _AT_ONCE):
            _read(oldest_first[first : first + _AT_ONCE], maps, accounts, done)
        this.detail = {"messages": done.messages, "stored": done.stored, "left": done.left}
    return done


def _accounts() -> dict[str, str]:
    """Device -> who may report for it beside itself, of every one that speaks MQTT."""
    rows = Station.objects.filter(protocol=mqtt.PROTOCOL).exclude(device="")
    return {device.upper(): account for device, account in rows.values_list("device", "account")}


def _read(
    pks: Collection[int],
    maps: Sequence[mqtt.TopicMap],
    accounts: Mapping[str, str],
    done: ReadAgain,
) -> None:
    """Record what these say, in the order in which they came."""
    lines: list[Line] = []
    read: list[int] = []
    rows = BadFrame.objects.select_for_update().filter(pk__in=pks, read_at=None)
    for row in rows.order_by("received_at", "pk"):
        told = _told(row)
        said = list(told.lines(maps, accounts.get)) if told else []
        taken = any(isinstance(one, Frame) for one in said)
        strange = any(not isinstance(one, Frame) and one.reason == UNKNOWN for one in said)
        if not taken and not strange:
            done.left += 1
            done.reason, done.device = _why(said)
            continue
        lines += said
        read.append(row.pk)
        done.messages += taken
        done.strangers += strange
    if read:
        done.stored += record_frames(lines).stored
        BadFrame.objects.filter(pk__in=read).update(read_at=clock.now())


def _why(said: Sequence[Line]) -> tuple[str, str]:
    first = next((one for one in said if isinstance(one, frames.BadFrame)), None)
    return (first.reason, first.device) if first else ("malformed", "")


def _told(row: BadFrame) -> mqtt.Told | None:
    """A kept message and who said it; None where its bytes are no message."""
    message = mqtt.kept(row.raw)
    if message is None:
        return None
    speaker = mqtt.Speaker(row.device) if row.device else mqtt.Speaker(row.peer, broker=True)
    return mqtt.Told(message, speaker, row.received_at, row.peer)
