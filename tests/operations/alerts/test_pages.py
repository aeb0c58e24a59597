"""The pages: each face in its state, each step as a POST, each role within its sight."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from anlan.operations.alerts import actions
from anlan.operations.alerts.models import Alert
from anlan.operations.alerts.queries import alert, funnel, in_force
from anlan.operations.messaging.models import Delivery, Mailing
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import Account
from anlan.operations.people.queries import trail
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
YELLOW, RED = 183.00, 194.29
PASSWORD = "a long demo password"


@pytest.fixture
def drafted(world, people):
    def make(crest=YELLOW, number=1):
        pk = actions.propose(world.forecast(number, crest))
        actions.draft(people["duty_officer"], pk)
        return pk

    return make


@pytest.fixture
def reviewed(drafted, people):
    def make(crest=YELLOW, number=1):
        pk = drafted(crest, number)
        actions.review(people["section_head"], pk)
        return pk

    return make


@pytest.fixture
def published(reviewed, people, settle, until):
    def make(crest=YELLOW):
        pk = reviewed(crest)
        actions.sign(people["district_leader"], pk)
        settle()
        return pk

    return make


@pytest.fixture
def as_role(client, people):
    def go(role):
        client.force_login(Account.objects.get(username=role))
        return client

    return go


def text(answer):
    return answer.content.decode()


def test_a_proposal_asks_the_duty_officer_to_check_it(world, as_role):
    pk = actions.propose(world.forecast(1, RED))
    page = text(as_role("duty_officer").get(f"/alerts/{pk}"))
    assert "已核对，送审核" in page
    assert (
        "预报洪峰 194.29 m 吴淞（90% 范围 193.89–194.79），比红色阈值 193.50 m 吴淞高 0.79 m"
        in page
    )
    assert "<mark>〔安置点〕</mark>" in page
    assert "2 个社区" in page
    assert "短信 2 条" in page
    assert 'data-island="map"' in page


def test_the_drafter_sees_no_review_button_and_reads_why(drafted, as_role):
    page = text(as_role("duty_officer").get(f"/alerts/{drafted()}"))
    assert "/review" not in page
    assert "周敏（防汛科长）" in page


def test_the_reviewer_sees_no_sign_button_and_reads_who_may(drafted, people, as_role):
    pk = drafted()
    actions.review(people["duty_leader"], pk)
    page = text(as_role("duty_leader").get(f"/alerts/{pk}"))
    assert f"/alerts/{pk}/sign" not in page
    assert "罗远（副区长）" in page


def test_the_signer_sees_what_will_happen_and_holds_to_send(reviewed, as_role):
    page = text(as_role("duty_leader").get(f"/alerts/{reviewed()}"))
    assert "data-hold" in page
    assert "发给 13 人" in page
    assert "演练通道" in page
    assert "<b>11 人收到通知，发出后不能收回</b>" in page
    assert "2 户没有电话" in page
    assert "CAP 1.2 校验通过" in page


def test_at_red_the_consequences_say_that_the_municipality_issues_it(reviewed, as_role):
    page = text(as_role("district_leader").get(f"/alerts/{reviewed(RED)}"))
    assert "立即叫应 2 名责任人，必须确认，发出后不能收回" in page
    assert "报市预警中心，由市级向社会发布" in page
    assert "市级答复后 11 人收到转移通知" in page
    assert "提请启动应急响应（另外签字）" in page


def test_signing_on_the_page_sends_once_and_the_second_click_is_told_so(reviewed, as_role, settle):
    pk = reviewed()
    browser = as_role("duty_leader")
    assert browser.post(f"/alerts/{pk}/sign").status_code == 302
    settle()
    sent = Delivery.objects.count()
    again = browser.post(f"/alerts/{pk}/sign", follow=True)
    assert "何岚 已在 17:00 办过，没有改动。" in text(again)
    settle()
    assert Delivery.objects.count() == sent


def test_a_get_of_any_step_changes_nothing(reviewed, as_role):
    pk = reviewed()
    browser = as_role("district_leader")
    for verb in ("sign", "sign-urgent", "reject", "send-back", "lift", "update", "answer"):
        assert browser.get(f"/alerts/{pk}/{verb}").status_code in (403, 405)
    assert alert(pk).state == "REVIEWED"
    assert not Mailing.objects.exists()


def test_when_the_count_has_drifted_the_page_asks_for_it(reviewed, world, as_role):
    pk = reviewed()
    world.homes = world.homes[:2] + world.homes[6:]
    browser = as_role("duty_leader")
    page = text(browser.post(f"/alerts/{pk}/sign", follow=True))
    assert 'data-expect="10"' in page
    browser.post(f"/alerts/{pk}/sign", {"counted": "10"})
    assert in_force().id == pk


def test_a_draft_is_changed_on_its_page(drafted, as_role):
    pk = drafted()
    browser = as_role("duty_officer")
    assert "改文字或范围" in text(browser.get(f"/alerts/{pk}?edit=1"))
    later = clock.now() + timedelta(hours=20)
    browser.post(f"/alerts/{pk}/edit", {
        "message": "请马上转移到〔安置点〕", "expires_at": f"{later:%Y-%m-%dT%H:%M}",
        "communities_shown": "1", "community": ["500106004001"],
    })  # fmt: skip
    found = alert(pk)
    assert (found.message, found.area_text) == ("请马上转移到〔安置点〕", "金碧")
    assert found.expires_at == later


@pytest.mark.parametrize(
    ("area", "why"),
    [
        ("{not json", "不是 JSON"),
        ('{"type":"Point","coordinates":[106,29]}', "需要 Polygon"),
    ],
)
def test_a_bad_area_gets_its_own_answer(drafted, as_role, area, why):
    pk = drafted()
    before = alert(pk)
    said = as_role("duty_officer").post(f"/alerts/{pk}/edit", {"area": area, "message": "新的话"})
    assert said.status_code == 422
    assert why in text(said)
    assert alert(pk).message == before.message


def test_a_self_crossing_polygon_is_refused_in_words(drafted, as_role):
    pk = drafted()
    area = ('{"type":"Polygon","coordinates":[[[106.44,29.57],[106.45,29.58],[106.45,29.57],'
            '[106.44,29.58],[106.44,29.57]]]}')  # fmt: skip
    said = as_role("duty_officer").post(f"/alerts/{pk}/edit", {"area": area}, follow=True)
    assert "范围不是可用的多边形" in text(said)


def test_rejecting_without_a_sentence_changes_nothing(reviewed, as_role):
    pk = reviewed()
    said = as_role("duty_leader").post(f"/alerts/{pk}/reject", {"words": ""}, follow=True)
    assert "写一句理由，没有改动。" in text(said)
    assert alert(pk).state == "REVIEWED"
    as_role("duty_leader").post(f"/alerts/{pk}/reject", {"words": "预报已下调"})
    page = text(as_role("duty_leader").get(f"/alerts/{pk}"))
    assert "没有发出" in page
    assert "预报已下调" in page


def test_the_board_puts_late_answers_first_with_a_call(published, as_role, until, settle):
    pk = published(RED)
    until(minutes=21)
    browser = as_role("township")
    page = text(browser.get(f"/alerts/{pk}"))
    assert page.index("必须确认，还没回") < page.index("目标")
    assert "已上报磁器口街道" in page
    late = Delivery.objects.get(ref="responsible:10")
    browser.post(f"/alerts/{pk}/calls/{late.pk}", {"outcome": "reached"})
    settle()
    assert Delivery.objects.get(pk=late.pk).state == "ACKED"
    assert "网格员0" not in text(browser.get(f"/alerts/{pk}")).split("经过")[0].split("已上报")[0]


def test_a_call_needs_an_outcome(published, as_role, until):
    pk = published(RED)
    late = Delivery.objects.get(ref="responsible:10")
    said = as_role("township").post(f"/alerts/{pk}/calls/{late.pk}", {}, follow=True)
    assert "请选电话结果，没有改动。" in text(said)


def test_another_street_neither_sees_nor_calls(published, as_role):
    pk = published()
    late = Delivery.objects.filter(ref="responsible:10").get()
    browser = as_role("other_township")
    assert browser.get(f"/alerts/{pk}").status_code == 404
    assert browser.get(f"/alerts/{pk}/cap.xml").status_code == 404
    assert browser.post(f"/alerts/{pk}/calls/{late.pk}", {"outcome": "reached"}).status_code == 404
    assert "2020-0819-01" not in text(browser.get("/alerts?state="))
    assert Delivery.objects.get(pk=late.pk).state != "ACKED"


def test_help_and_doors_belong_to_their_own_alert(published, as_role):
    pk = published()
    told = Delivery.objects.get(ref="household:100")
    browser = as_role("township")
    assert browser.post(f"/alerts/{pk + 9}/help/{told.pk}").status_code == 404
    assert browser.post(f"/alerts/{pk}/help/{told.pk + 9999}").status_code == 404
    assert browser.post(f"/alerts/{pk + 9}/doors/500106004001").status_code == 404
    assert browser.post(f"/alerts/{pk}/doors/500106013008").status_code == 404
    assert browser.post(f"/alerts/{pk}/doors/500106004001").status_code == 302


def test_a_grid_worker_sees_the_alert_but_signs_nothing(reviewed, as_role):
    pk = reviewed()
    browser = as_role("grid_worker")
    assert browser.get(f"/alerts/{pk}").status_code == 200
    assert browser.post(f"/alerts/{pk}/sign").status_code == 403
    assert browser.get("/alerts/new").status_code == 403
    assert alert(pk).state == "REVIEWED"


def test_nobody_without_a_login_sees_an_alert(reviewed, client):
    pk = reviewed()
    for path in ("/alerts", f"/alerts/{pk}", f"/alerts/{pk}/cap.xml", "/alerts/new"):
        said = client.get(path)
        assert said.status_code == 302
        assert said.url.startswith("/login")


def test_the_municipalitys_answer_is_written_down_by_hand(world, people, as_role, settings, settle):
    settings.ANLAN_STANDING = "Actual"
    pk = actions.propose(world.forecast(1, RED))
    actions.draft(people["duty_officer"], pk)
    actions.review(people["section_head"], pk)
    actions.sign(people["district_leader"], pk)
    page = text(as_role("section_head").get(f"/alerts/{pk}"))
    assert "送市级发布中心办理" in page
    as_role("section_head").post(
        f"/alerts/{pk}/answer", {"approved": "yes", "identifier": "50000041600000_20200819190000"}
    )
    assert in_force().identifier == "50000041600000_20200819190000"


def test_a_proposed_lift_is_held_by_the_leader(published, as_role):
    pk = published()
    page = text(as_role("duty_leader").get(f"/alerts/{pk}"))
    assert "按住 2 秒解除" not in page
    actions.propose_lift(PLATFORM, pk, "水位已退到警戒水位以下")
    page = text(as_role("duty_leader").get(f"/alerts/{pk}"))
    assert "按住 2 秒解除" in page
    as_role("duty_leader").post(f"/alerts/{pk}/lift", {"words": "水位已退到警戒水位以下"})
    assert in_force() is None
    assert "已解除" in text(as_role("duty_leader").get(f"/alerts/{pk}"))


def test_what_goes_out_for_real_takes_the_signers_password_again(
    world, people, as_role, settings, settle
):
    """A browser left open, or stolen, signs nothing; a wrong password counts as at the login."""
    settings.ANLAN_STANDING = "Actual"
    pk = actions.propose(world.forecast(1, YELLOW))
    actions.draft(people["duty_officer"], pk)
    actions.review(people["section_head"], pk)
    browser = as_role("duty_leader")
    assert 'type="password"' in text(browser.get(f"/alerts/{pk}"))
    assert "再输一次本人密码" in text(browser.post(f"/alerts/{pk}/sign", follow=True))
    wrong = browser.post(f"/alerts/{pk}/sign", {"password": "not it"}, follow=True)
    assert "密码不对，没有改动，也没有发出。" in text(wrong)
    settle()
    assert alert(pk).state == "REVIEWED"
    assert not Delivery.objects.exists()
    assert [row.verb for row in trail("login", "duty_leader")] == ["people.login_failed"]
    browser.post(f"/alerts/{pk}/sign", {"password": PASSWORD})
    assert in_force().id == pk
    actions.propose_lift(PLATFORM, pk, "水位已退到警戒水位以下")
    assert 'type="password"' in text(browser.get(f"/alerts/{pk}"))
    browser.post(f"/alerts/{pk}/lift", {"words": "水位已退"})
    assert in_force().id == pk
    browser.post(f"/alerts/{pk}/lift", {"words": "水位已退", "password": PASSWORD})
    assert in_force() is None


def test_five_wrong_passwords_at_the_signature_lock_the_name(
    world, people, as_role, settings, settle
):
    settings.ANLAN_STANDING = "Actual"
    pk = actions.propose(world.forecast(1, YELLOW))
    actions.draft(people["duty_officer"], pk)
    actions.review(people["section_head"], pk)
    browser = as_role("duty_leader")
    for _ in range(5):
        browser.post(f"/alerts/{pk}/sign", {"password": "not it"})
    said = text(browser.post(f"/alerts/{pk}/sign", {"password": PASSWORD}, follow=True))
    assert "连错 5 次，已锁定" in said
    assert alert(pk).state == "REVIEWED"


def test_an_exercise_asks_for_no_password(reviewed, as_role):
    assert 'type="password"' not in text(as_role("duty_leader").get(f"/alerts/{reviewed()}"))


def test_an_alert_is_written_by_hand_on_its_own_page(world, as_role):
    browser = as_role("duty_officer")
    assert "不依据预报，手工拟预警" in text(browser.get("/alerts/new"))
    later = clock.now() + timedelta(hours=8)
    said = browser.post("/alerts/new", {
        "level": "3", "communities": ["500106004001"], "message": "请离开江边",
        "description": "滨江路进水", "expires_at": f"{later:%Y-%m-%dT%H:%M}",
    })  # fmt: skip
    assert said.status_code == 302
    assert Alert.objects.get().message == "请离开江边"
    assert browser.post("/alerts/new", {"level": "9"}).status_code == 422


def test_the_list_shows_what_waits_and_what_is_in_force(published, as_role):
    published()
    page = text(as_role("duty_officer").get("/alerts"))
    assert "黄色预警" in page
    assert "生效中" in page
    assert "0 / 15" in page


def test_what_the_list_shows_is_exported_within_sight(published, as_role):
    published()
    officer = as_role("duty_officer")
    assert "导出 1 条" in text(officer.get("/alerts?state=in-force"))
    book = load_workbook(io.BytesIO(officer.get("/alerts/export?state=in-force").content))
    head, line = book.active.iter_rows(values_only=True)
    told = dict(zip(head, line, strict=True))
    assert told["编号"] == "2020-0819-01"
    assert (told["级别"], told["状态"]) == ("黄色", "生效中")
    assert (told["应达"], told["已确认"]) == (15, 0)
    assert told["签发时间"].startswith("2020-08-19 ")
    nothing = load_workbook(io.BytesIO(officer.get("/alerts/export?state=rejected").content))
    assert nothing.active.max_row == 1
    elsewhere = as_role("other_township").get("/alerts/export?state=").content
    assert load_workbook(io.BytesIO(elsewhere)).active.max_row == 1


def test_cap_is_served_as_it_left(published, as_role):
    pk = published()
    said = as_role("duty_officer").get(f"/alerts/{pk}/cap.xml")
    assert said["Content-Type"].startswith("application/cap+xml")
    assert said.content.startswith(b"<?xml")


def test_everything_is_said_in_english_too(published, as_role):
    pk = published()
    browser = as_role("duty_leader")
    page = text(browser.get(f"/alerts/{pk}", headers={"accept-language": "en"}))
    assert "Must answer and have not" in page
    assert "Nobody must answer at this level." in page
    page = text(browser.get("/alerts", headers={"accept-language": "en"}))
    assert "1 / 0" not in page


def test_the_json_interface_keeps_to_the_same_sight(published, as_role):
    pk = published()
    said = as_role("duty_officer").get("/api/v1/alerts?state=published").json()
    assert [one["id"] for one in said] == [pk]
    counts = as_role("duty_officer").get(f"/api/v1/alerts/{pk}/receipts").json()
    assert counts["targeted"] == funnel(pk).targeted
    assert as_role("other_township").get(f"/api/v1/alerts/{pk}").status_code == 404


@pytest.mark.parametrize("state", ["sign", "board"])
def test_a_page_keeps_its_query_budget_whatever_the_number_of_recipients(
    reviewed, published, as_role, django_assert_max_num_queries, state
):
    pk = reviewed() if state == "sign" else published()
    browser = as_role("duty_leader")
    browser.get(f"/alerts/{pk}")
    with django_assert_max_num_queries(24):
        browser.get(f"/alerts/{pk}")
    with django_assert_max_num_queries(16):
        browser.get("/alerts?state=")
