"""The frame around every page: rail, band, strip, refusals."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation

from anlan.operations.deadlines.actions import NewItem, open_item
from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.rules import ROLES, Scope
from anlan.portal import navigation, terms
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = datetime(2020, 8, 19, 18, 10, tzinfo=clock.CHINA)


@pytest.fixture(autouse=True)
def _evening():
    clock.use(clock.DrillClock(NOW))


def person(role, area="500106"):
    open_account(PLATFORM, NewAccount(
        username=role, password="word of pass 7", display_name=role, role=role,
        organisation_code="bureau", area_code=area,
    ))  # fmt: skip
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    assert client.login(username=role, password="word of pass 7")
    return client


def waiting(key, link, minutes, area="500106", unit=""):
    open_item(NewItem(
        key=key, kind="t", title=key, action="do", link=link, right="duty.desk", area_code=area,
        unit=unit, due_at=NOW + timedelta(minutes=minutes),
    ))  # fmt: skip


def rail_of(client, at="/map"):
    return client.get("/frame", {"at": at}).content.decode()


def test_the_rail_shows_only_what_the_account_may_open():
    officer, admin = rail_of(person("duty_officer")), rail_of(person("audit_admin"))
    assert 'href="/map"' in officer
    assert "一张图" in officer
    assert 'href="/map"' not in admin
    assert 'href="/command"' not in rail_of(person("township", "500106004"))


def test_every_place_in_the_rail_leads_somewhere():
    from django.urls import is_valid_path

    missing = [place.address for place in navigation.PLACES if not is_valid_path(place.address)]
    assert not missing


@pytest.mark.parametrize(
    ("role", "bar"),
    [
        ("duty_officer", ["/", "/map", "/stations", "/forecasts"]),
        ("safety_officer", ["/", "/fieldwork", "/dangers", "/checks/tasks"]),
        ("enterprise", ["/", "/fieldwork", "/dangers", "/posts"]),
        ("grid_worker", ["/", "/fieldwork", "/dangers", "/tasks"]),
        ("audit_admin", ["/audit"]),
    ],
)
def test_a_phones_bar_holds_what_the_role_does_all_day(role, bar):
    scope = Scope(1, role, ROLES[role].rights, ROLES[role].reach, "500106", None)
    items = navigation.rail(scope, "/")
    shown, more = navigation.phone_bar(scope, items)
    assert [item.address for item in shown] == bar
    assert {item.address for item in items} <= {item.address for item in (*shown, *more)}


def test_every_role_with_a_bar_of_its_own_may_open_all_of_it():
    places = {place.address: place for place in (*navigation.PLACES, navigation.ON_SITE)}
    for role, bar in navigation.BAR.items():
        assert all(places[address].right in ROLES[role].rights for address in bar), role


def test_the_place_one_stands_in_is_marked_and_read_aloud():
    text = rail_of(person("duty_officer"), at="/map?code=x")
    [line] = [line for line in text.splitlines() if 'href="/map"' in line and "data-go" in line]
    assert 'aria-current="page"' in line


def test_counts_say_what_waits_and_whether_some_of_it_is_late():
    client = person("duty_officer")
    waiting("sign", "/alerts/3", 30)
    assert "件待办" in rail_of(client)
    assert "有超时" not in rail_of(client)
    waiting("call", "/alerts/3", -5)
    text = rail_of(client)
    assert "有超时" in text
    [alerts] = [
        item
        for item in navigation.rail(_scope("duty_officer"), "/map")
        if item.address == "/alerts"
    ]
    assert (alerts.count, alerts.late) == (2, True)


def test_what_waits_becomes_late_while_one_reads():
    client = person("duty_officer")
    waiting("sign", "/alerts/3", 30)
    assert "有超时" not in rail_of(client)
    clock.current().move_to(NOW + timedelta(minutes=31))
    assert "有超时" in rail_of(client)


def test_another_units_routine_is_counted_from_when_it_is_late():
    client = person("duty_officer")
    waiting("routine", "/alerts/3", 30, unit="fire")
    assert "件待办" not in rail_of(client)
    clock.current().move_to(NOW + timedelta(minutes=31))
    assert "件待办" in rail_of(client)
    clock.current().move_to(NOW + timedelta(days=2))
    assert "件待办" in rail_of(client)


def _scope(role):
    from anlan.operations.people.models import Account
    from anlan.operations.people.queries import scope_of

    return scope_of(Account.objects.get(username=role))


def test_another_townships_items_are_not_counted():
    client = person("township", "500106004")
    waiting("theirs", "/", 30, area="500106005")
    assert "件待办" not in rail_of(client)


def test_the_exercise_band_stands_on_every_page_that_is_not_real(settings):
    client = person("duty_officer")
    settings.ANLAN_STANDING = "Exercise"
    assert "演练" in client.get("/map").content.decode()
    assert "演练" in Client(HTTP_ACCEPT_LANGUAGE="zh-CN").get("/login").content.decode()
    settings.ANLAN_STANDING = "Actual"
    assert "al-exercise" not in client.get("/map").content.decode()


def test_the_strip_stands_while_an_alert_is_in_force(monkeypatch):
    client = person("duty_officer")
    assert 'class="al-strip' not in client.get("/map").content.decode()
    alert = SimpleNamespace(id=7, level=1, headline="嘉陵江磁器口段 193.72 m 吴淞")
    monkeypatch.setattr(navigation, "_in_force", lambda scope: alert)
    text = client.get("/map").content.decode()
    assert "al-strip al-l1" in text
    assert "红色预警" in text
    assert 'href="/alerts/7"' in text


def test_a_page_asks_the_database_little_for_its_frame(django_assert_max_num_queries):
    client = person("duty_officer")
    client.get("/frame")
    # session, account, desk, alert in force
    with django_assert_max_num_queries(6):
        client.get("/frame")


def test_who_is_not_logged_in_gets_no_frame_and_no_stream_address():
    stranger = Client()
    assert stranger.get("/frame").status_code == 401
    assert "data-live" not in stranger.get("/login").content.decode()


def test_a_refusal_names_the_right_and_who_holds_it():
    answer = person("enterprise").get("/map")
    text = answer.content.decode()
    assert answer.status_code == 403
    with translation.override("zh-hans"):
        assert terms.right_word("territory.map") in text
    assert "值班员" in text


def test_an_unknown_address_says_what_to_do():
    answer = person("duty_officer").get("/nothing/here")
    assert answer.status_code == 404
    assert "这里没有内容" in answer.content.decode()


def test_every_right_and_role_has_its_words():
    for role in ROLES.values():
        assert terms.role_word(role.key) != role.key
        for right in role.rights:
            with translation.override("zh-hans"):
                assert re.search("[一-鿿]", terms.right_word(right)), right


def test_a_phone_page_is_as_dark_as_its_reader_chose():
    guest = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    assert 'data-theme="light"' in guest.get("/12350").content.decode()
    guest.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in guest.get("/12350").content.decode()


def test_every_page_may_run_our_own_scripts_only():
    policy = Client().get("/login").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


def test_no_base_template_brings_a_script_of_its_own():
    text = person("duty_officer").get("/map").content.decode()
    scripts = [part.split(">")[0] for part in text.split("<script")[1:]]
    assert all('type="module" src=' in s or 'type="application/json"' in s for s in scripts)
    assert "onclick=" not in text
