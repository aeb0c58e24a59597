"""All the parts of a platform, with stations that it knows."""

import contextlib

from tests.portal.running import FIELD, python

from .parts import Part, beside

STATIONS = 12
PASSWORD = 4660
REGISTER = f"""
from django.core.management import call_command
call_command("migrate", verbosity=0)
from anlan.operations.people.actions import PLATFORM
from anlan.operations.sensing.actions import NewStation, register_stations
register_stations(PLATFORM, [
    NewStation(code=f"g{{n}}", name=f"g{{n}}", kind="stage", device=f"{{n:010d}}",
               password={PASSWORD}, lon=106.4, lat=29.6, area_code="500106", interval_s=300,
               datum="wusong", elements=("stage",))
    for n in range({STATIONS})], [])
"""
READINGS = """
SELECT t.device, r.at, r.value FROM sensing_reading r
JOIN sensing_series s ON s.id = r.series JOIN sensing_station t ON t.id = s.station_id
"""


class House:
    """All the parts, started."""

    def __init__(self, home, database, bus):
        self.database, self.bus = database, bus
        self.settings = beside(home, database, bus)
        python(home, REGISTER, self.settings)
        self.gateway = Part(self.settings, "gateway", *FIELD)
        self.recorders = [Part(self.settings, "recorder") for _ in range(2)]
        self.parts = {
            "gateway": self.gateway, "recorder one": self.recorders[0],
            "recorder two": self.recorders[1], "database": database, "bus": bus,
        }  # fmt: skip
        for part in (self.gateway, *self.recorders):
            part.start()

    def stored(self):
        with contextlib.suppress(Exception):
            return self.database.rows(READINGS)
        return []
