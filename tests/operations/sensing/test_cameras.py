"""The register of cameras: what is refused, what is sealed, who sees which."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from anlan.operations.people.actions import PLATFORM, unseal_text
from anlan.operations.sensing.actions.cameras import (
    BadCamera,
    NewCamera,
    follow_camera_sites,
    load_camera_file,
    register_cameras,
)
from anlan.operations.sensing.models import Camera
from anlan.operations.territory.actions import NewSite, load_sites
from anlan.operations.territory.models import Site
from anlan.operations.territory.queries import link_to_site, site, sites
from anlan.operations.territory.rules import cell_of
from anlan.portal.exercise import DISTRICTS

from .conftest import CIQIKOU
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
DEVICE, CHANNEL = "50010600001180000001", "50010600001320000001"


def camera(**changes):
    given = {"code": "wharf", "name": "码头", "lon": 106.45, "lat": 29.58,
             "area_code": "500106004", "device_id": DEVICE, "channel_id": CHANNEL}  # fmt: skip
    return NewCamera(**given | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"channel_id": CHANNEL[:-1]},
        {"channel_id": "５" + CHANNEL[1:]},
        {"channel_id": DEVICE},  # a recorder is no channel
        {"device_id": ""},
        {"rtsp": "http://admin:secret-7@10.0.0.1/"},
        {"rtsp": "rtsp://admin:secret-7@10.0.0.1:99999/"},
        {"hls_url": "javascript:alert(1)"},
        {"area_code": "5001"},
    ],
)
def test_a_bad_camera_is_refused_and_its_password_not_repeated(changes):
    with pytest.raises(BadCamera) as refused:
        register_cameras(PLATFORM, [camera(code="first"), camera(**changes)])
    assert "secret-7" not in str(refused.value)
    assert not Camera.objects.exists()


def test_an_rtsp_address_is_sealed_and_never_on_a_page(client):
    rtsp = "rtsp://admin:secret-7@10.0.0.1/1"
    for _ in range(2):
        register_cameras(PLATFORM, [camera(rtsp=rtsp)])
    row = Camera.objects.get()
    assert b"secret-7" not in bytes(row.rtsp_sealed)
    assert unseal_text(row.rtsp_sealed) == rtsp
    page = log_in(client, "duty_leader").get("/cameras/wharf").content.decode()
    assert CHANNEL in page
    assert not [word for word in ("10.0.0.1", "secret-7") if word in page]


def test_the_districts_cameras_are_listed_by_street(client):
    folder = DISTRICTS / "shapingba"
    assert load_camera_file(PLATFORM, folder) == load_camera_file(PLATFORM, folder) == 7
    browser = log_in(client, "duty_leader")
    page = browser.get("/cameras?street=500106004").content.decode()
    assert "磁器口码头" in page
    assert "渝碚路下穿道" not in page
    assert browser.get("/cameras/none").status_code == 404


def test_a_street_sees_its_own_cameras_only(client):
    register_cameras(PLATFORM, [camera()])
    street = log_in(client, "duty_officer", "500106003")
    assert street.get("/cameras/wharf").status_code == 404
    assert "码头" not in street.get("/cameras").content.decode()


def test_the_nearest_cameras_stand_on_a_stations_page(client, gauge):
    """Of five places around a gauge those within 2 km, the nearest first, by a bounded query."""
    places = {"far": 0.03, "third": 0.012, "first": 0.001, "second": -0.004}
    register_cameras(
        PLATFORM,
        [camera(code=code, name=code, lon=CIQIKOU.lon + east, lat=CIQIKOU.lat,
                channel_id=CHANNEL[:-1] + str(n)) for n, (code, east) in enumerate(places.items())],
    )  # fmt: skip
    officer = log_in(client, "duty_leader")
    page = officer.get("/stations/ciqikou").content.decode()
    near = page[page.index("near-cameras") :]
    assert near.index("/cameras/first") < near.index("/cameras/second") < near.index("third")
    assert "/cameras/far" not in page
    assert "97 m" in near


def test_a_camera_is_one_point_of_the_map_and_of_the_register(client):
    register_cameras(PLATFORM, [camera(schematic=True)])
    load_sites(
        PLATFORM,
        [NewSite(code="alone", kind="camera", name="溪口", area_code="500106004002", lon=106.45,
                 lat=29.58)],
    )  # fmt: skip
    for _ in range(2):
        follow_camera_sites(PLATFORM)
    assert set(Camera.objects.values_list("code", flat=True)) == {"wharf", "alone"}
    browser = log_in(client, "duty_leader")
    layer = browser.get("/map/layers/cameras.geojson").json()["features"]
    assert {one["properties"]["link"] for one in layer} == {"/cameras/wharf", "/cameras/alone"}
    assert link_to_site(site("wharf")) == "/cameras/wharf"
    real = camera(code="real", channel_id=CHANNEL[:-1] + "9")
    register_cameras(PLATFORM, [real], instead_of_schematic=True)
    assert {one.code for one in sites(None, kind="camera")} == {"alone", "real"}
    assert not Camera.objects.filter(code="wharf").exists()


def test_a_database_from_before_gets_both_sides(db):
    unite = import_module("anlan.operations.sensing.migrations.0025_camera_sites").unite
    register_cameras(PLATFORM, [camera()])
    Site.objects.all().delete()
    load_sites(
        PLATFORM,
        [NewSite(code="camera-001", kind="camera", name="溪口", area_code="500106004", lon=106.45,
                 lat=29.58, schematic=True)],
    )  # fmt: skip
    for _ in range(2):
        unite(apps, SimpleNamespace(connection=connection))
    assert Camera.objects.get(code="camera-001").serves == "500106004"
    wharf = Site.objects.get(code="wharf")
    assert (wharf.kind, wharf.cell) == ("camera", cell_of(wharf.lon, wharf.lat))
