"""The shelter list as a workbook for Excel."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.backbone.workbooks import workbook
from anlan.operations.resources.queries.shelters import ShelterRow


def workbook_of(rows: Sequence[ShelterRow], places: Mapping[str, str]) -> bytes:
    """One line a shelter: code, name, place, tier, area in m², capacity, open, people, position."""
    head = [
        _("Code"), _("Name"), _("Place"), _("Effective area m²"), pgettext("shelter", "Capacity"),
        pgettext("shelters", "Open"), _("People in it"), _("Longitude"), _("Latitude"),
        _("Schematic record"),
    ]  # fmt: skip
    lines = (
        [row.code, row.name, places.get(row.area_code, row.area_code), row.area_m2, row.capacity,
         _("yes") if row.open else _("no"), row.occupied, row.lon, row.lat,
         _("yes") if row.schematic else _("no")]
        for row in rows
    )  # fmt: skip
    return workbook(_("Shelters"), [head, *lines])
