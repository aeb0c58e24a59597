"""Logging in and out; the lock after five failures; language and colours."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.queries import trail
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = datetime(2020, 8, 19, 18, 10, tzinfo=clock.CHINA)
RIGHT, WRONG = "word of pass 7", "guess"


@pytest.fixture
def drill_clock():
    moved = clock.DrillClock(NOW)
    clock.use(moved)
    return moved


@pytest.fixture
def chenli(drill_clock):
    open_account(PLATFORM, NewAccount(
        username="chenli", password=RIGHT, display_name="陈立", role="duty_officer",
        organisation_code="bureau", area_code="500106",
    ))  # fmt: skip
    return Client(HTTP_ACCEPT_LANGUAGE="zh-CN")


def enter(client, password, username="chenli", **more):
    return client.post("/login", {"username": username, "password": password, **more})


def inside(client):
    return "_auth_user_id" in client.session


def test_the_right_password_opens_and_leads_where_one_was_going(chenli):
    answer = enter(chenli, RIGHT, next="/map?code=x")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/map?code=x")
    assert inside(chenli)


def test_one_is_never_led_to_another_house(chenli):
    assert enter(chenli, RIGHT, next="https://elsewhere.example/").headers["Location"] == "/"


def test_a_wrong_password_is_refused_in_words_that_tell_nothing_more(chenli):
    known, unknown = enter(chenli, WRONG), enter(chenli, WRONG, username="nobody")
    assert known.status_code == unknown.status_code == 401
    assert "用户名或密码不对" in known.content.decode()
    assert "用户名或密码不对" in unknown.content.decode()
    assert not inside(chenli)


def test_five_wrong_passwords_lock_the_name_even_for_the_right_one(chenli):
    for _ in range(4):
        assert "用户名或密码不对" in enter(chenli, WRONG).content.decode()
    assert "18:20 后再试" in enter(chenli, WRONG).content.decode()
    answer = enter(chenli, RIGHT)
    assert "18:20 后再试" in answer.content.decode()
    assert not inside(chenli)


def test_the_lock_opens_after_ten_minutes(chenli, drill_clock):
    for _ in range(5):
        enter(chenli, WRONG)
    drill_clock.move_to(NOW + timedelta(minutes=10, seconds=1))
    assert enter(chenli, RIGHT).status_code == 302


def test_failures_spread_over_the_day_lock_nobody(chenli, drill_clock):
    for hour in range(5):
        drill_clock.move_to(NOW + timedelta(hours=hour))
        enter(chenli, WRONG)
    assert enter(chenli, RIGHT).status_code == 302


def test_a_success_forgets_the_failures_before_it(chenli):
    for _ in range(4):
        enter(chenli, WRONG)
    enter(chenli, RIGHT)
    chenli.post("/logout")
    assert "用户名或密码不对" in enter(chenli, WRONG).content.decode()


def test_knocking_at_a_locked_door_does_not_lengthen_the_lock(chenli, drill_clock):
    for _ in range(9):
        enter(chenli, WRONG)
    assert len(trail("login", "chenli")) == 5
    drill_clock.move_to(NOW + timedelta(minutes=10, seconds=1))
    assert enter(chenli, RIGHT).status_code == 302


def test_coming_and_going_leave_audit_rows(chenli):
    enter(chenli, WRONG)
    enter(chenli, RIGHT)
    chenli.post("/logout")
    assert [row.verb for row in trail("login", "chenli")] == [
        "people.logout", "people.login", "people.login_failed",
    ]  # fmt: skip
    assert not inside(chenli)


def test_a_get_never_logs_out_nor_changes_language_or_colours(chenli):
    enter(chenli, RIGHT)
    assert {chenli.get(address).status_code for address in ("/logout", "/theme")} == {405}
    chenli.get("/language?language=en")
    assert inside(chenli)
    assert "en" not in [cookie.value for cookie in chenli.cookies.values()]


def test_the_language_is_chosen_by_a_post_and_kept(chenli):
    chenli.post("/language", {"language": "en", "next": "/login"})
    assert "Log in" in chenli.get("/login").content.decode()
    assert 'lang="en"' in chenli.get("/login").content.decode()


def test_chinese_is_what_a_chinese_browser_gets(chenli):
    assert "登录" in chenli.get("/login").content.decode()


def test_the_colours_are_kept_in_a_cookie_and_nothing_else_is_accepted(chenli):
    enter(chenli, RIGHT)
    chenli.post("/theme", {"theme": "dark", "next": "/map"})
    assert 'data-theme="dark"' in chenli.get("/map").content.decode()
    chenli.post("/theme", {"theme": "pink"})
    assert 'data-theme="dark"' in chenli.get("/map").content.decode()


def test_a_form_without_its_token_changes_nothing_and_says_so():
    strict = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="zh-CN")
    answer = strict.post("/login", {"username": "chenli", "password": RIGHT})
    assert answer.status_code == 403
    assert "没有改动任何内容" in answer.content.decode()
