"""Three powers apart: accounts by one, the audit trail by another, the system by a third."""

import io

import pytest
from openpyxl import load_workbook

from anlan.operations.people.actions import PLATFORM, NewAccount, act, open_account, seal_audit
from anlan.operations.people.models import Account, AuditEntry, OutboxEvent
from anlan.operations.people.queries import trail
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db
PASSWORD = "a long demo password"


@pytest.fixture
def logged_in(client):
    def enter(role):
        made = NewAccount(
            username=role, password=PASSWORD, display_name=role, role=role,
            organisation_code="bureau", area_code="500106",
        )  # fmt: skip
        client.force_login(Account.objects.get(pk=open_account(PLATFORM, made)))
        return client

    return enter


@pytest.fixture
def chenli(db):
    made = NewAccount(
        username="chenli", password=PASSWORD, display_name="陈立", role="duty_officer",
        organisation_code="bureau", area_code="500106",
    )  # fmt: skip
    return Account.objects.get(pk=open_account(PLATFORM, made))


def page(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("role", "place"),
    [("security_admin", "/accounts"), ("audit_admin", "/audit"), ("system_admin", "/system"),
     ("duty_officer", "/")],
)  # fmt: skip
def test_everybody_begins_at_their_own_work(client, logged_in, role, place):
    logged_in(role)
    client.logout()
    answer = client.post("/login", {"username": role, "password": PASSWORD})
    assert answer.url == place


def test_each_power_stays_with_its_own_pages(logged_in):
    for role, own in {"security_admin": "/accounts", "audit_admin": "/audit",
                      "system_admin": "/system"}.items():  # fmt: skip
        browser = logged_in(role)
        seen = {path: browser.get(path).status_code for path in ("/accounts", "/audit", "/system")}
        assert seen == {path: 200 if path == own else 403 for path in seen}


def test_a_changed_row_and_a_missing_one_show_on_the_trail(logged_in):
    for number in range(4):
        with act("people.login", PLATFORM) as this:
            this.on("login", number, f"name {number}")
    seal_audit()
    browser = logged_in("audit_admin")
    assert "本页封存全部完好" in page(browser.get("/audit"))
    rows = list(AuditEntry.objects.filter(verb="people.login").order_by("id"))
    AuditEntry.objects.filter(pk=rows[1].pk).update(subject_label="somebody else")
    AuditEntry.objects.filter(pk=rows[2].pk).delete()
    seen = page(browser.get("/audit?room=people&subject=name"))
    assert "本页有 1 条封存后被改动" in seen  # the one after the missing one
    assert "本页有 1 条封存后被改动" in page(browser.get("/audit?subject=somebody"))


def test_the_trail_is_filtered_paged_and_exported_with_a_watermark(logged_in):
    for number in range(60):
        with act("alerts.sign" if number % 2 else "people.login", PLATFORM) as this:
            this.on("thing", number, f"thing {number}")
    browser = logged_in("audit_admin")
    first = page(browser.get("/audit"))
    assert "thing 59" in first
    assert "thing 5<" not in first
    oldest = AuditEntry.objects.get(subject_label="thing 12").pk
    assert "thing 5<" in page(browser.get(f"/audit?before={oldest}"))
    assert "导出 30 条" in page(browser.get("/audit?room=alerts"))
    answer = browser.post("/audit/export", {"query": "room=alerts"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    lines = list(sheet.iter_rows(values_only=True))
    assert "audit_admin" in lines[0][0]
    assert len(lines) == 2 + 30
    assert lines[2][2:5] == ("签发预警", "alerts.sign", "thing 59")
    assert AuditEntry.objects.get(verb="people.export_audit").subject_label == "30 条"


def test_a_page_of_the_trail_takes_few_queries(logged_in, django_assert_max_num_queries):
    for number in range(60):
        with act("people.login", PLATFORM) as this:
            this.on("login", number, str(number))
    browser = logged_in("audit_admin")
    with django_assert_max_num_queries(8):
        browser.get("/audit")


def test_a_closed_account_is_out_at_once_and_opens_again(logged_in, chenli, client):
    from django.test import Client

    officer = Client()
    officer.force_login(chenli)
    assert officer.get("/password").status_code == 200
    browser = logged_in("security_admin")
    browser.post(f"/accounts/{chenli.pk}/close")
    assert officer.get("/password").status_code == 302
    assert "已停用" in page(browser.get("/accounts?state=closed"))
    browser.post(f"/accounts/{chenli.pk}/reopen")
    assert Account.objects.get(pk=chenli.pk).is_active


def test_a_locked_name_is_unlocked_by_the_security_administrator(logged_in, chenli):
    from django.test import Client

    door = Client()
    for _ in range(5):
        door.post("/login", {"username": "chenli", "password": "not it"})
    assert door.post("/login", {"username": "chenli", "password": PASSWORD}).status_code == 401
    browser = logged_in("security_admin")
    assert "chenli" in page(browser.get("/accounts?state=locked"))
    browser.post(f"/accounts/{chenli.pk}/unlock")
    assert door.post("/login", {"username": "chenli", "password": PASSWORD}).status_code == 302


def test_a_new_password_is_shown_once_and_ends_the_old_one(logged_in, chenli):
    browser = logged_in("security_admin")
    shown = page(browser.post(f"/accounts/{chenli.pk}/password"))
    given = shown.partition("只显示这一次：")[2].partition("<b>")[2].partition("</b>")[0]
    account = Account.objects.get(pk=chenli.pk)
    assert account.check_password(given)
    assert not account.check_password(PASSWORD)
    assert given not in page(browser.get("/accounts"))
    assert given not in str([row.detail for row in trail("login", "chenli")])


def test_nobody_changes_their_own_account(logged_in):
    browser = logged_in("security_admin")
    own = Account.objects.get(username="security_admin")
    said = page(browser.post(f"/accounts/{own.pk}/close", follow=True))
    assert "不能改自己的账号" in said
    assert Account.objects.get(pk=own.pk).is_active


def test_ones_own_password_takes_the_old_one_and_the_new_one_twice(logged_in):
    browser = logged_in("duty_officer")

    def ask(password, new, again):
        return browser.post("/password", {"password": password, "new": new, "again": again})

    fresh = "another long password"
    assert "密码不对" in page(ask("not it", fresh, fresh))
    assert "两次新密码不一样" in page(ask(PASSWORD, fresh, "a third one"))
    assert ask(PASSWORD, "12345678", "12345678").status_code == 422
    assert Account.objects.get(username="duty_officer").check_password(PASSWORD)
    assert ask(PASSWORD, fresh, fresh).url == "/"
    assert Account.objects.get(username="duty_officer").check_password(fresh)
    assert browser.get("/password").status_code == 200  # this session stays


def test_an_event_that_was_set_aside_is_tried_again(logged_in):
    row = OutboxEvent.objects.create(
        name="test.bell", payload="{}", occurred_at=clock.now(), attempts=5, fault="counts: broken"
    )
    browser = logged_in("system_admin")
    seen = page(browser.get("/system"))
    assert "counts: broken" in seen
    assert "1 件事务要人处理" in seen
    browser.post(f"/system/events/{row.pk}/retry")
    row.refresh_from_db()
    assert (row.attempts, row.fault) == (0, "")
    assert "已经处理过了" in page(browser.post(f"/system/events/{row.pk}/retry", follow=True))
