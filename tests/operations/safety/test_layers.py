"""On the map: what one may see, by place where it has one, else counted by community."""

import pytest

from anlan.operations.safety import layers
from anlan.operations.safety.actions import Find, find_danger
from anlan.operations.safety.models import Enterprise
from anlan.operations.safety.rules.states import Source

pytestmark = pytest.mark.django_db(databases="__all__")


def drawn(one, key):
    layer = next(layer for layer in layers.LAYERS if layer.key == key)
    return [(f["geometry"]["coordinates"], f["properties"]) for f in layer.features(one.scope)[
        "features"]]  # fmt: skip


def test_a_mark_leads_to_its_record_and_what_has_no_place_is_counted(people, works, monkeypatch):
    unit = people["industry"]
    find = Find(key="k", title="积尘", area_code="", sector="", source=Source.INSPECTION,
                enterprise_id=works)  # fmt: skip
    pk = find_danger(unit.actor, unit.person, find)
    [(_at, told)] = drawn(people["officer"], "enterprises")
    assert told["link"] == "/enterprises?view=open&area_code=500106004001"
    Enterprise.objects.update(lon=106.4, lat=29.6, level=2)
    [(at, told)] = drawn(people["street"], "enterprises")
    assert (at, told["link"], told["risk"]) == ([106.4, 29.6], f"/enterprises/{works}", 2)
    [(at, told)] = drawn(people["street"], "dangers")
    assert (at, told["link"], told["late"]) == ([106.4, 29.6], f"/dangers/{pk}", False)
    assert drawn(people["street"], "late-dangers") == []
    assert drawn(people["other_street"], "enterprises") == []
    assert drawn(people["other_street"], "dangers") == []
    assert drawn(people["stranger"], "enterprises") == []
    monkeypatch.setattr(layers, "MOST", 0)
    [(_at, told)] = drawn(people["street"], "enterprises")
    assert (told["label"], told["risk"]) == ("1", 2)
