"""What devices say that they and their parts are: of each the last is kept."""

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS

from anlan.operations.sensing.actions import bulk
from anlan.operations.sensing.models import DeviceParticular, Station
from anlan.vocabulary.frames import Frame

COLUMNS = {
    "station_id": "bigint",
    "part": "text",
    "code": "text",
    "text": "text",
    "clock": "timestamptz",
    "at": "timestamptz",
    "received_at": "timestamptz",
}
# What was said before counts no more, also when it comes late.
LAST = """ON CONFLICT (station_id, part, code) DO UPDATE SET
 text = excluded.text, clock = excluded.clock, at = excluded.at, received_at = excluded.received_at
 WHERE (excluded.at, excluded.received_at)
  >= (sensing_deviceparticular.at, sensing_deviceparticular.received_at)"""


def record_particulars(good: Sequence[Frame]) -> None:
    """Keep the last of each; what nobody registered is left out. Inside the caller's transaction.

    Recording it again changes nothing.
    """
    frames = [frame for frame in good if frame.particulars]
    if not frames:
        return
    devices = {frame.device for frame in frames}
    known = dict(Station.objects.filter(device__in=devices).values_list("device", "pk"))
    said = sorted(
        (known[frame.device], one.part, one.code, one.at, frame.received_at, one.text, one.clock)
        for frame in frames
        if frame.device in known
        for one in frame.particulars
    )
    last = {
        (station, part, code): (station, part, code, text, clock, at, received_at)
        for station, part, code, at, received_at, text, clock in said
    }
    table = DeviceParticular._meta.db_table
    bulk.merge(DEFAULT_DB_ALIAS, table, COLUMNS, list(last.values()), LAST)
