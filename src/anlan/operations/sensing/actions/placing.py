"""Say where a station stands, after it was registered: its own record and its point on the map."""

from dataclasses import asdict, dataclass, replace

from anlan.operations.people.actions import Actor, act
from anlan.operations.sensing.models import Station
from anlan.operations.sensing.rules.kinds import SITE_KINDS
from anlan.operations.territory.actions import NewSite, load_sites
from anlan.operations.territory.queries import site
from anlan.vocabulary import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where a station stands: its street or town, and lon/lat in CGCS2000 degrees."""

    area_code: str
    lon: float
    lat: float


def place_station(actor: Actor, code: str, placing: Placing) -> bool:
    """Move a station to where it stands; False, and nothing changed, when it stood there already.

    In the same street it keeps its community. It is no longer schematic, and the district's file
    does not take it back. The audit keeps the place before. Raises `Station.DoesNotExist`.
    """
    with act("sensing.place_station", actor) as this:
        station = Station.objects.select_for_update().get(code=code)
        this.on("station", station.code, station.name)
        says = asdict(placing) | {"schematic": False}
        if station.area_code.startswith(placing.area_code):
            del says["area_code"]
        changed = {
            name: [getattr(station, name), new]
            for name, new in says.items()
            if getattr(station, name) != new
        }
        if not changed:
            this.detail = {"repeat": True}
            return False
        for name, (_before, after) in changed.items():
            setattr(station, name, after)
        station.placed_at = clock.now()
        station.save(update_fields=[*changed, "placed_at"])
        this.detail = changed
        _move_point(actor, station)
    return True


def _move_point(actor: Actor, station: Station) -> None:
    """Its point on the one map goes with it; a station outside belongs to whom it serves."""
    point = site(station.code)
    if point is None or point.kind != SITE_KINDS.get(station.kind):
        return
    inside = station.area_code.startswith(station.serves)
    moved = replace(
        point, lon=station.lon, lat=station.lat, schematic=False,
        area_code=station.area_code if inside else station.serves,
    )  # fmt: skip
    load_sites(actor, [NewSite(**asdict(moved))])
