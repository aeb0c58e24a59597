"""What the station pages ask in their addresses, and what is typed of a device, parsed once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from anlan.operations.registers.queries import Entered
from anlan.operations.sensing.actions import Adoption, Placing
from anlan.operations.sensing.queries import StationRow, UnknownDevice
from anlan.operations.sensing.rules.kinds import INTERVAL_MIN, KINDS_OF
from anlan.operations.sensing.rules.upkeep import LONGEST, Upkeep
from anlan.operations.sensing.rules.vehicle_classes import VehicleClass
from anlan.operations.territory.queries import AreaRow
from anlan.vocabulary.datum import Datum
from anlan.vocabulary.elements import Element

BY_SECRET = ("mqtt",)  # let in by a password of text, which is not kept of a refused device
PERIODS = (24, 72, 168, 720, 8784)
FUTURE_SHARE = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """The period in hours, the datum of stages ("" where there is none), and what is drawn."""

    hours: int
    datum: str
    element: Element

    @property
    def span(self) -> timedelta:
        return timedelta(hours=self.hours)


def choice(query: QueryDict, station: StationRow) -> Choice:
    """The period and datum asked for; what cannot be shown falls back to the station's own."""
    asked = query.get("hours", "")
    hours = int(asked) if asked in {str(one) for one in PERIODS} else PERIODS[1]
    datum = query.get("datum", "")
    convertible = station.offset_m is not None and datum in set(Datum)
    return Choice(
        hours,
        datum if station.datum and convertible else station.datum,
        _element(query.get("element", ""), station),
    )


def _element(asked: str, station: StationRow) -> Element:
    return Element(asked) if asked in set(Element) else station.element


def adoption(
    post: Mapping[str, str], device: UnknownDevice, towns: list[AreaRow]
) -> tuple[Adoption | None, Entered]:
    """What was typed of a device that speaks unasked; None when something is wrong."""
    entered = Entered({key: str(value).strip() for key, value in post.items()})
    typed, wrong = entered.values, entered.errors
    town = next((one for one in towns if one.code == typed.get("town")), None)
    kind, datum = typed.get("kind", ""), typed.get("datum", "")
    if not typed.get("name"):
        wrong["name"] = _("Give the station a name.")
    if kind not in KINDS_OF.get(device.protocol, ()):
        wrong["kind"] = _("Choose what the device measures.")
    if town is None:
        wrong["town"] = _("Choose where it stands.")
    by_secret = device.protocol in BY_SECRET
    if by_secret and not (typed.get("secret") or typed.get("account")):
        wrong["secret"] = _("Type the password that is set in the device.")
    if kind == "stage" and datum not in set(Datum):
        wrong["datum"] = _("A stage needs its datum.")
    lon, lat = _number(entered, "lon", 180.0), _number(entered, "lat", 90.0)
    offset = _number(entered, "offset_m", 100.0)
    minutes = _number(entered, "minutes", 1440.0)
    if (lon is None) != (lat is None):
        wrong["lon"] = _("Give both longitude and latitude, or neither.")
    if minutes is not None and minutes < 1:
        wrong["minutes"] = _("At least one minute.")
    if wrong or town is None:
        return None, entered
    stage = kind == "stage"
    return Adoption(
        protocol=device.protocol, device=device.device, name=typed["name"][:60], kind=kind,
        area_code=town.code, lon=town.lon if lon is None else lon,
        lat=town.lat if lat is None else lat, schematic=lon is None,
        interval_s=round(60 * (minutes or INTERVAL_MIN[kind])), datum=datum if stage else "",
        offset_m=offset if stage else None, secret=typed.get("secret", "") if by_secret else "",
        upkeep=upkeep(typed),
    ), entered  # fmt: skip


def upkeep(typed: Mapping[str, str]) -> Upkeep:
    """Who keeps a device and where it hangs, as typed; spaces that do not show are taken out, so
    that the same name is the same group."""
    said = {name: " ".join(typed.get(name, "").split())[:most] for name, most in LONGEST.items()}
    if said["vehicle_class"] not in set(VehicleClass):
        said["vehicle_class"] = ""
    return Upkeep(**said)


def placing(post: Mapping[str, str], towns: list[AreaRow]) -> tuple[Placing | None, Entered]:
    """Where a station stands, as typed; None when something is wrong."""
    entered = Entered({key: str(value).strip() for key, value in post.items()})
    town = entered.values.get("town", "")
    lon, lat = _number(entered, "lon", 180.0), _number(entered, "lat", 90.0)
    if town not in {one.code for one in towns}:
        entered.errors["town"] = _("Choose where it stands.")
    if (lon is None or lat is None) and not entered.errors:
        entered.errors["lon"] = _("Give both longitude and latitude.")
    if entered.errors or lon is None or lat is None:
        return None, entered
    return Placing(area_code=town, lon=lon, lat=lat), entered


def _number(entered: Entered, name: str, most: float) -> float | None:
    text = entered.values.get(name, "").replace("，", ".")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = most + 1
    if not -most <= value <= most:
        entered.errors[name] = _("A number up to %(most)g.") % {"most": most}
        return None
    return value
