"""An order to a device: given once, carried once, its answer recorded in whatever order."""

from datetime import timedelta

import pytest

from anlan.backbone.commands import desk
from anlan.backbone.spool import Spool
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import AuditEntry
from anlan.operations.sensing.actions import (
    NewStation,
    expire_orders,
    order_device,
    record_frames,
    register_stations,
)
from anlan.operations.sensing.queries import directory, open_commands, orders
from anlan.vocabulary.frames import CommandAnswer, from_line, to_line
from anlan.vocabulary.readings import Outcome, Verb
from anlan.vocabulary.transitions import Refused

from .conftest import CIQIKOU, DEVICE, START
from .test_pages import log_in

pytestmark = pytest.mark.django_db(databases="__all__")


def answer(code, outcome, minutes=1, device=DEVICE, said=()):
    return CommandAnswer(device, code, START + timedelta(minutes=minutes), outcome, said)


def test_an_order_is_placed_at_the_desk_after_the_commit_and_waits_for_its_gateway(
    gauge, django_capture_on_commit_callbacks
):
    placed = []
    leave = desk().listen(placed.append)
    with django_capture_on_commit_callbacks(execute=True):
        code = order_device(PLATFORM, "ciqikou", Verb.SET_INTERVAL, given={"seconds": "600"})
        assert placed == []
    leave()
    (command,) = placed
    assert (command.id, command.device, command.verb) == (code, DEVICE, "set_interval")
    assert command.argument("seconds") == "600"
    assert open_commands("sl651") == [command]
    assert open_commands("hj212") == []
    assert AuditEntry.objects.get(verb="sensing.order_device").detail["arguments"] == {
        "seconds": "600"
    }


def test_sent_and_answered_are_recorded_once_and_a_late_sent_does_not_undo_the_answer(gauge):
    code = order_device(PLATFORM, "ciqikou", Verb.ASK_NOW)
    spool = [answer(code, Outcome.SENT), answer(code, Outcome.OK, 2, said=("37 08:02",))]
    for _again in range(2):
        record_frames(spool)
    (row,) = orders("ciqikou")
    assert (row.state, row.said) == ("answered", "37 08:02")
    assert (row.sent_at, row.answered_at) == (
        START + timedelta(minutes=1), START + timedelta(minutes=2),
    )  # fmt: skip
    assert open_commands("sl651") == []
    assert AuditEntry.objects.filter(verb="sensing.move_order").count() == 2


def test_an_answer_survives_a_crash_between_the_spool_and_the_recorder(gauge, tmp_path):
    code = order_device(PLATFORM, "ciqikou", Verb.ASK_NOW)
    spool = Spool(tmp_path)
    spool.append([to_line(answer(code, Outcome.SENT)), to_line(answer(code, Outcome.OK))])
    spool.close()  # the recorder had taken nothing
    again = Spool(tmp_path)
    lines = [from_line(line) for _number, line in again.read(again.committed)]
    record_frames(lines)  # and crashed before it committed
    record_frames(lines)
    again.close()
    assert [row.state for row in orders("ciqikou")] == ["answered"]
    assert AuditEntry.objects.filter(verb="sensing.move_order").count() == 2


def test_an_answer_of_another_device_or_to_no_order_changes_nothing(gauge):
    code = order_device(PLATFORM, "ciqikou", Verb.ASK_NOW)
    record_frames([answer(code, Outcome.OK, device="0000000001"), answer("none", Outcome.OK)])
    assert orders("ciqikou")[0].state == "queued"
    record_frames([answer(code, Outcome.SENT)])
    assert [command.id for command in open_commands("sl651")] == [code]  # for a gateway anew


def test_an_order_nobody_answers_expires_and_an_answer_after_that_still_counts(gauge, drill_clock):
    code = order_device(PLATFORM, "ciqikou", Verb.ASK_NOW)
    drill_clock.move_to(orders("ciqikou")[0].expires_at)
    assert open_commands("sl651") == []
    assert (expire_orders(), expire_orders()) == (1, 0)
    assert orders("ciqikou")[0].state == "expired"
    record_frames([answer(code, Outcome.REFUSED, 30)])
    assert orders("ciqikou")[0].state == "refused"


def test_the_same_form_sent_twice_is_one_order_and_the_same_wish_twice_is_refused(gauge):
    for _twice in range(2):
        assert order_device(PLATFORM, "ciqikou", Verb.ASK_NOW, key="k1") == "k1"
    assert len(orders("ciqikou")) == 1
    with pytest.raises(Refused, match="already waiting"):
        order_device(PLATFORM, "ciqikou", Verb.ASK_NOW, key="k2")
    for seconds in ("", "5", "1000000"):
        with pytest.raises(Refused):
            order_device(PLATFORM, "ciqikou", Verb.SET_INTERVAL, given={"seconds": seconds})


def test_the_duty_officer_orders_from_the_station_page_and_sees_what_came_of_it(gauge, client):
    log_in(client)
    page = client.get("/stations/ciqikou").content.decode()
    assert "device-orders" in page
    form = {"verb": "set_interval", "minutes": "10", "key": "form"}
    for _pressed_twice in range(2):
        assert client.post("/stations/ciqikou/order", form).status_code == 302
    (row,) = orders("ciqikou")
    assert (row.verb, row.arguments, row.state) == ("set_interval", {"seconds": "600"}, "queued")
    record_frames([answer("form", Outcome.OK, said=("42 x",))])
    assert "42 x" in client.get("/stations/ciqikou/orders").content.decode()
    for wrong in ({"verb": "explode"}, {"verb": "set_interval", "minutes": "x"}):
        client.post("/stations/ciqikou/order", wrong)
    assert len(orders("ciqikou")) == 1


@pytest.mark.parametrize(
    ("role", "area", "answered"),
    [
        ("township", "500106004", 403),
        ("system_admin", "500106", 403),
        ("department", "500107", 404),
    ],
)
def test_who_may_not_order_a_device_does_not(gauge, client, role, area, answered):
    log_in(client, role=role, area_code=area)
    answered_with = client.post("/stations/ciqikou/order", {"verb": "ask_now"})
    assert answered_with.status_code == answered
    assert orders("ciqikou") == []


KINDS = {"rain": "sl651", "weather": "mqtt", "vehicle": "jt808", "air_quality": "hj212"}
WHO = {  # may order, and of what kinds
    ("duty_officer", "500106", ""): {*KINDS},
    ("section_head", "500106", ""): {*KINDS},
    ("department", "500106", "water"): {"rain"},
    ("department", "500106", "traffic"): {"vehicle"},
    ("department", "500106", ""): set(),
    ("department", "500107", "water"): set(),
    ("district_leader", "500106", ""): set(),
    ("township", "500106004", ""): set(),
    ("system_admin", "500106", ""): set(),
}


@pytest.mark.parametrize(("who", "kinds"), WHO.items())
def test_a_department_orders_and_sets_its_own_sectors_devices_alone(gauge, client, who, kinds):
    role, area, sector = who
    register_stations(PLATFORM, [
        NewStation(code=f"a-{kind}", name=kind, kind=kind, lon=106.4, lat=29.5, interval_s=300,
                   area_code="500106004", elements=() if kind == "vehicle" else ("battery",),
                   device=f"D-{kind}", protocol=protocol)
        for kind, protocol in KINDS.items()
    ], [])  # fmt: skip
    log_in(client, role=role, area_code=area, sector=sector)
    for kind in KINDS:
        posted = client.post(f"/stations/a-{kind}/order", {"verb": "ask_now"})
        assert (posted.status_code == 302) is (kind in kinds)
        assert len(orders(f"a-{kind}")) == (kind in kinds)
        page = client.get(f"/stations/a-{kind}")
        if page.status_code == 200:
            assert (f"/stations/a-{kind}/order" in page.content.decode()) is (kind in kinds)


DAY = timedelta(days=1)
PAST = {
    "since": f"{START - DAY:%Y-%m-%dT%H:%M}", "until": f"{START:%Y-%m-%dT%H:%M}",
    "element": "stage", "step": "60",
}  # fmt: skip


def test_past_data_and_settings_are_asked_for_from_the_page(gauge, client):
    log_in(client, role="department", area_code="500106", sector="water")
    page = client.get("/stations/ciqikou").content.decode()
    assert "ask_period" in page
    assert "set_setting" in page
    for n, form in enumerate(
        ({"verb": "ask_period", **PAST}, {"verb": "ask_period", **PAST, "step": "5"},
         {"verb": "read_settings"}, {"verb": "set_setting", "code": "21", "value": "05"})
    ):  # fmt: skip
        client.post("/stations/ciqikou/order", {**form, "key": f"k{n}"})
    given = {row.code: row.arguments for row in orders("ciqikou")}
    assert given["k0"] == {
        "since": (START - DAY).isoformat(), "until": START.isoformat(),
        "element": "stage", "step": "60",
    }  # fmt: skip
    assert given["k1"]["step"] == "5"
    assert given["k3"] == {"code": "21", "value": "5"}
    said = "43 发报时间 2020-08-20 08:02:00 定时报时间间隔 1 h"
    record_frames([answer("k2", Outcome.OK, said=(said,))])
    assert said in client.get("/stations/ciqikou").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"verb": "ask_period", **PAST, "until": (START + 60 * DAY).isoformat()},
        {"verb": "ask_period", **PAST, "since": "soon"},
        {"verb": "ask_period", **PAST, "element": "ph_value"},
        {"verb": "ask_period", **PAST, "step": "7"},
        {"verb": "set_setting", "code": "03", "value": "1"},
        {"verb": "set_setting", "code": "21", "value": "1000"},
        {"verb": "set_setting", "code": "21", "value": "NaN"},
        {"verb": "set_setting", "code": "21", "value": "1e2000000000"},
        {"verb": "set_setting", "code": "21", "value": "0e-2000000000"},
        {"verb": "set_setting", "code": "21", "value": "9" * 100_000},
        {"verb": "set_interval", "minutes": "1e308"},
        {"verb": "read_identity"},
        {"verb": "inspect"},
    ],
)
def test_what_no_station_can_be_told_is_refused(gauge, client, wrong):
    log_in(client, role="department", area_code="500106", sector="water")
    assert client.post("/stations/ciqikou/order", wrong).status_code == 302
    assert orders("ciqikou") == []


def test_a_duty_officer_asks_but_does_not_change_settings(gauge, client):
    log_in(client)
    assert "set_setting" not in client.get("/stations/ciqikou").content.decode()
    form = {"verb": "set_setting", "code": "21", "value": "5"}
    assert client.post("/stations/ciqikou/order", form).status_code == 403
    assert orders("ciqikou") == []


def test_what_changes_a_station_needs_the_right_and_a_second_thought(gauge, client):
    sure = {"verb": "clear_storage", "sure": "1", "key": "clear"}
    log_in(client)
    assert "order-works" not in client.get("/stations/ciqikou").content.decode()
    assert client.post("/stations/ciqikou/order", sure).status_code == 403
    log_in(client, role="department", area_code="500106", sector="water")
    page = client.get("/stations/ciqikou").content.decode()
    assert "order-works" in page
    assert "清空站内存储数据" in page
    said = client.post("/stations/ciqikou/order", {"verb": "clear_storage"}, follow=True)
    assert "请勾选“已核实”" in said.content.decode()
    wrong = {"verb": "switch_pumps", "count": "2", "on": "3", "sure": "1"}
    assert "总台数" in client.post("/stations/ciqikou/order", wrong, follow=True).content.decode()
    assert orders("ciqikou") == []
    client.post("/stations/ciqikou/order", sure)
    client.post("/stations/ciqikou/order", {**wrong, "on": "1", "key": "pumps"})
    pumps, clear = orders("ciqikou")
    assert (clear.verb, clear.arguments) == ("clear_storage", {})
    assert pumps.arguments == {"count": "2", "on": "1"}
    assert pumps.expires_at - pumps.ordered_at == timedelta(minutes=3)
    page = client.get("/stations/ciqikou/orders").content.decode()
    assert "打开：1 号，共 2 台" in page


def test_a_new_password_is_sealed_and_both_are_let_in_until_it_is_sure(gauge, client):
    log_in(client, role="department", area_code="500106", sector="water")
    form = {"verb": "new_password", "password": "abcd", "sure": "1", "key": "lock"}
    client.post("/stations/ciqikou/order", form)
    (row,) = orders("ciqikou")
    assert "abcd" not in str(row.arguments).lower()
    assert "abcd" not in str(AuditEntry.objects.get(verb="sensing.order_device").detail).lower()
    (command,) = open_commands("sl651")
    assert command.arguments == (("password", "abcd"),)
    assert directory("sl651")[DEVICE].also == frozenset()
    record_frames([answer("lock", Outcome.SENT)])
    assert directory("sl651")[DEVICE].password == 4660
    assert directory("sl651")[DEVICE].also == {4660, 0xABCD}
    record_frames([answer("lock", Outcome.OK, 2, said=("密码 ***",))])
    register_stations(PLATFORM, [CIQIKOU], [])  # the district's file knows nothing of it
    assert directory("sl651")[DEVICE].password == 0xABCD
    assert directory("sl651")[DEVICE].also == {4660, 0xABCD}
