"""Cameras from a file: looked at first, all or nothing, by channel or code, addresses sealed."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from shapely.geometry import box

from anlan.operations.people.actions import PLATFORM, unseal_text
from anlan.operations.people.models import AuditEntry
from anlan.operations.sensing.actions.camera_files import (
    check_cameras_file,
    keep_camera_file,
    take_camera_file,
)
from anlan.operations.sensing.actions.cameras import NewCamera, register_cameras
from anlan.operations.sensing.models import Camera, CameraFile
from anlan.operations.territory.actions import (
    NewArea,
    NewSite,
    SiteTaken,
    load_areas,
    load_sites,
)
from anlan.operations.territory.queries import site
from anlan.terrain.crs import cgcs2000_to_gcj02
from anlan.vocabulary.transitions import Refused

from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")
DEVICE, CHANNEL = "50010600001180000001", "50010600001320000001"
RTSP = "rtsp://admin:secret-7@10.0.0.1/1"
HEAD = ["编号", "名称", "经度", "纬度", "坐标系", "区划代码", "国标设备编码", "国标通道编码",
        "RTSP地址", "监看内容"]  # fmt: skip
WHARF = ["", "码头", 106.4512, 29.5816, "", "", DEVICE, CHANNEL, RTSP, "水位"]
STREET = ["street-1", "正街", "106.4494", "29.5808", "", "500106004", "", "", "", ""]


@pytest.fixture
def ground(db):
    load_areas(
        PLATFORM,
        [NewArea(code="500106004", name="磁器口街道", kind="township", parent_code="500106",
                 geometry=box(106.43, 29.56, 106.47, 29.60))],
    )  # fmt: skip


def xlsx(*rows, head=HEAD):
    book, sink = Workbook(), io.BytesIO()
    for row in (head, *rows):
        book.active.append(row)
    book.save(sink)
    return sink.getvalue()


def take(raw):
    return take_camera_file(PLATFORM, keep_camera_file(PLATFORM, "台账.xlsx", raw))


def test_a_list_is_taken_once_and_again_changes_nothing(ground):
    first = xlsx(WHARF, STREET)
    taken = take(first)
    assert (taken.added, taken.changed, taken.same, taken.again) == (2, 0, 0, False)
    assert take(first).again
    wharf = Camera.objects.get(channel_id=CHANNEL)
    assert (wharf.code, wharf.area_code, wharf.source) == (
        f"cam-{CHANNEL}", "500106004", "台账.xlsx",
    )  # fmt: skip
    moved = [*WHARF[:1], "大码头", *WHARF[2:8], "", "水位"]
    taken = take(xlsx(moved, STREET))
    assert (taken.added, taken.changed, taken.same) == (0, 1, 1)
    wharf.refresh_from_db()
    assert wharf.name == "大码头"
    assert unseal_text(wharf.rtsp_sealed) == RTSP
    assert Camera.objects.count() == 2


def test_passwords_in_a_file_lie_sealed_until_it_is_taken(ground):
    pk = keep_camera_file(PLATFORM, "台账.xlsx", ",".join(HEAD).encode() + b"\n" + ",".join(
        str(cell) for cell in WHARF).encode())  # fmt: skip
    assert b"secret-7" not in bytes(CameraFile.objects.get().body_sealed)
    take_camera_file(PLATFORM, pk)
    assert bytes(CameraFile.objects.get().body_sealed) == b""


@pytest.mark.parametrize(
    ("column", "cell", "where"),
    [(1, "", "name"), (2, 29.58, "lon"), (3, "=A1", "lat"), (3, None, "lat"),
     (2, 106.9, "area_code"), (4, "北京54", "crs"), (5, "5001", "area_code"),
     (5, "500999", "area_code"), (6, "", "device_id"), (7, float(CHANNEL), "channel_id"),
     (7, DEVICE, "channel_id"), (8, "http://admin:secret-7@10.0.0.1/", "rtsp"),
     (0, "两 字", "code"), (0, "street-1", "code"), (9, "字" * 101, "purpose")],
)  # fmt: skip
def test_one_bad_row_refuses_the_file_by_row_and_field(ground, column, cell, where):
    bad = [*WHARF[:column], cell, *WHARF[column + 1 :]]
    raw = xlsx(STREET, bad)
    (refused,) = check_cameras_file(raw).refused
    assert (refused.number, refused.where) == (3, where)
    assert "secret-7" not in refused.reason
    with pytest.raises(Refused):
        take(raw)
    assert not Camera.objects.exists()


def test_a_channel_is_one_camera(ground):
    take(xlsx(WHARF))
    (refused,) = check_cameras_file(xlsx(["other", *WHARF[1:]])).refused
    assert f"cam-{CHANNEL}" in refused.reason


def test_a_code_that_is_another_site_s_is_refused_and_that_site_stays(ground):
    load_sites(
        PLATFORM,
        [NewSite(code="street-1", kind="shelter", name="磁器口小学", area_code="500106004",
                 lon=106.45, lat=29.58)],
    )  # fmt: skip
    (refused,) = check_cameras_file(xlsx(WHARF, STREET)).refused
    assert (refused.number, refused.where) == (3, "code")
    assert "磁器口小学" in refused.reason
    with pytest.raises(SiteTaken, match="street-1"):
        register_cameras(PLATFORM, [NewCamera(code="street-1", name="正街", lon=106.45, lat=29.58,
                                              area_code="500106004")])  # fmt: skip
    assert site("street-1").kind == "shelter"
    assert not Camera.objects.exists()


def test_the_register_as_a_file_comes_back_and_whose_watch_it_is_stays(client, ground):
    upstream = NewCamera(code="upstream", name="上游", lon=106.40, lat=29.80, area_code="500109",
                         serves="500106")  # fmt: skip
    near = NewCamera(code="near", name="近处", lon=106.45, lat=29.58, area_code="500106004",
                     serves="500106")  # fmt: skip
    register_cameras(PLATFORM, [upstream, near])
    keeper = log_in(client, "system_admin")
    body = keeper.get("/devices/import-cameras/template").content
    checked = check_cameras_file(body)
    assert (checked.refused, len(checked.same)) == ([], 2)
    head = ["code", "name", "lon", "lat"]
    take(xlsx(["upstream", "上游二号", 106.40, 29.80], ["near", "近处二号", 106.45, 29.58],
              head=head))  # fmt: skip
    assert list(Camera.objects.order_by("code").values_list("name", "serves", "area_code")) == [
        ("近处二号", "500106", "500106004"), ("上游二号", "500106", "500109"),
    ]  # fmt: skip
    assert site("upstream").area_code == "500106"


def test_positions_of_web_maps_are_put_back(ground):
    shown = [float(one) for one in cgcs2000_to_gcj02(106.4512, 29.5816)]
    take(xlsx([*WHARF[:2], *shown, "GCJ-02", *WHARF[5:]]))
    wharf = Camera.objects.get()
    assert (wharf.lon, wharf.lat) == pytest.approx((106.4512, 29.5816), abs=2e-6)


def test_the_pages_lead_from_the_template_to_the_register(client, ground):
    keeper = log_in(client, "system_admin")

    def send(raw):
        sent = SimpleUploadedFile("台账.xlsx", raw)
        return keeper.post("/devices/import-cameras", {"file": sent}, follow=True)

    assert "第 11 至 13 位" in send(xlsx([*WHARF[:7], DEVICE, "", ""])).content.decode()
    page = send(xlsx(WHARF, STREET)).content.decode()
    pk = CameraFile.objects.latest("pk").pk
    assert f"/devices/import-cameras/{pk}/take" in page
    assert "secret-7" not in page
    for _ in range(2):
        assert keeper.post(f"/devices/import-cameras/{pk}/take", follow=True).status_code == 200
    assert Camera.objects.count() == 2
    assert AuditEntry.objects.filter(verb="sensing.import_cameras").count() == 2
    body = keeper.get("/devices/import-cameras/template").content
    sheet = load_workbook(io.BytesIO(body)).active
    assert sheet.column_dimensions["H"].number_format == "@"
    assert "secret-7" not in str(list(sheet.values))
    assert len(check_cameras_file(body).same) == 2
    assert keeper.post("/devices/import-cameras", {}).status_code == 422
    assert keeper.get("/devices/import-cameras/99").status_code == 404
    assert log_in(client, "duty_officer").get("/devices/import-cameras").status_code == 403
