"""A limit for the health of devices, as it is typed, parsed once."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from anlan.operations.registers.queries import Entered
from anlan.operations.sensing.rules.health_limits import LIMITS, LimitName, LimitRow
from anlan.operations.sensing.rules.kinds import KIND
from anlan.vocabulary import clock


def limit(post: Mapping[str, str]) -> tuple[LimitRow | None, Entered]:
    """The limit that was typed; None when something is wrong."""
    entered = Entered({key: " ".join(str(value).split()) for key, value in post.items()})
    typed, wrong = entered.values, entered.errors
    name, kind, model = (typed.get(one, "") for one in ("name", "kind", "device_model"))
    if name not in set(LimitName):
        wrong["name"] = _("Choose what is limited.")
        return None, entered
    meaning = LIMITS[LimitName(name)]
    value = _value(entered, meaning.least, meaning.most)
    if kind and kind not in KIND:
        wrong["kind"] = _("Choose a kind of device, or all.")
    if (kind or model) and not meaning.by_device:
        wrong["kind"] = _("This limit is the same for every kind and model.")
    if not typed.get("source"):
        wrong["source"] = _("Say on what the value rests.")
    day = _day(entered)
    if wrong or value is None:
        return None, entered
    return LimitRow(
        name=name, kind=kind, device_model=model[:60], value=value, valid_from=day,
        source=typed["source"][:200],
    ), entered  # fmt: skip


def _value(entered: Entered, least: float, most: float) -> float | None:
    try:
        value = float(entered.values.get("value", "").replace("，", "."))
    except ValueError:
        value = most + 1
    if not least <= value <= most:
        words = _("A number from %(least)g to %(most)g.")
        entered.errors["value"] = words % {"least": least, "most": most}
        return None
    return value


def _day(entered: Entered) -> date:
    typed, today = entered.values.get("valid_from", ""), clock.today()
    try:
        day = date.fromisoformat(typed) if typed else today
    except ValueError:
        entered.errors["valid_from"] = _("A day, as 2026-12-01.")
        return today
    if day < today:
        entered.errors["valid_from"] = _("A limit counts from today on or from a later day.")
    return day
