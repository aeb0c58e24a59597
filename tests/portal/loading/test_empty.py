"""Before a district is loaded."""

import pytest

from anlan.portal.loading import import_file


@pytest.mark.django_db(databases="__all__")
def test_nothing_is_imported_before_a_district_is_loaded(tmp_path):
    said = []
    path = tmp_path / "r.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    assert import_file("sites", path, say=said.append) == 1
    assert len(said) == 2
