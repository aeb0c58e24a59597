"""The recipient's page: a GET shows and changes nothing, a POST answers once."""

import json
import re
from datetime import timedelta

import pytest

from anlan.operations.messaging import views
from anlan.operations.messaging.actions import close_mailing, deliver_queued
from anlan.operations.messaging.models import Delivery
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import OutboxEvent
from anlan.vocabulary import clock
from anlan.vocabulary.throttle import Throttle

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def fresh_throttles(monkeypatch):
    monkeypatch.setattr(views, "_FORGERIES", Throttle(30, 60))
    monkeypatch.setattr(views, "_ANSWERS", Throttle(20, 60))


@pytest.fixture
def link(mail, addressee, data_folder):
    """The path in the message that household 1 really got."""

    def get(number=1):
        path = data_folder / "messages" / "console.jsonl"
        found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return re.sub(r"^https?://[^/]+", "", found[number - 1]["link"])

    mail([addressee(1), addressee(2, must_answer=True)])
    deliver_queued()
    return get


def household():
    return Delivery.objects.get(ref="household:1")


def events(name):
    return OutboxEvent.objects.filter(name=name).count()


def test_opening_the_link_changes_nothing_at_all(client, link):
    before = household()
    for _ in range(3):
        assert client.get(link()).status_code == 200
        assert client.head(link()).status_code == 200
    after = household()
    assert (after.state, after.read_at, after.acked_at) == ("SENT", None, None)
    assert vars(after)["answer"] == vars(before)["answer"] == ""


def test_the_page_says_where_to_go_why_and_that_it_is_an_exercise(client, link):
    text = client.get(link()).content.decode()
    assert "请今晚7点1分前，转移到磁器口小学" in text
    assert "洪峰20日凌晨1点31分到。" in text
    assert "金蓉社区预计淹 1.4 米，今晚7点31分开始进水。" in text
    assert "约 900 米，走路约 15 分钟" in text
    assert "演练，不是真的洪水" in text
    assert "tel:13900001111" in text
    assert "<svg" in text
    assert "--al-depth-4" in text


def test_the_page_is_complete_in_english(client, link):
    text = client.get(link(), headers={"accept-language": "en"}).content.decode()
    assert "Before 7:01 pm tonight, move to 磁器口小学" in text
    assert "The flood crest comes at 1:31 am on 20 August." in text
    assert "Got it, we are leaving now" in text


def test_the_pages_own_word_marks_it_read_and_a_get_of_that_does_not(client, link):
    assert client.get(link() + "/opened").status_code == 405
    assert household().state == "SENT"
    assert client.post(link() + "/opened").status_code == 204
    assert household().state == "READ"


def test_an_answer_is_recorded_once_and_a_repeat_is_told_so(client, link):
    first = client.post(link(), {"answer": "ok"})
    assert first.status_code == 303
    assert "你已确认收到" in client.get(first.url).content.decode()
    at = household().acked_at
    again = client.post(link(), {"answer": "ok"}, follow=True)
    assert "之前已经回复过" in again.content.decode()
    assert household().acked_at == at


def test_reading_after_the_answer_takes_nothing_back(client, link):
    client.post(link(), {"answer": "ok"})
    client.post(link() + "/opened")
    assert household().state == "ACKED"


def test_a_call_for_help_may_follow_but_nothing_takes_it_back(client, link):
    client.post(link(), {"answer": "ok"})
    client.post(link(), {"answer": "help"})
    client.post(link(), {"answer": "help"})
    client.post(link(), {"answer": "ok"})
    assert household().answer == "help"
    assert events("messaging.help_asked") == 1


def test_who_must_answer_is_reported_to_the_house(client, link):
    client.post(link(2), {"answer": "ok"})
    assert events("messaging.answers_given") == 1


def test_no_browser_cookie_is_needed(link):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link(), {"answer": "ok"}).status_code == 303


@pytest.mark.parametrize("answer", ["", "yes", "OK", "ok;drop"])
def test_what_is_no_answer_records_nothing(client, link, answer):
    said = client.post(link(), {"answer": answer})
    assert said.status_code == 400
    assert "没有收到你的回复" in said.content.decode()
    assert household().acked_at is None


def test_a_forged_link_gets_its_own_page(client, link):
    forged = link()[:-1] + ("A" if link()[-1] != "A" else "B")
    for said in (client.get(forged), client.post(forged, {"answer": "ok"})):
        assert said.status_code == 404
        assert "这个链接不是我们发的" in said.content.decode()
    assert household().acked_at is None


def test_an_expired_link_gets_its_own_page(client, link, drill_clock):
    path = link()
    drill_clock.move_to(clock.now() + timedelta(hours=24))
    for said in (client.get(path), client.post(path, {"answer": "ok"})):
        assert said.status_code == 410
        assert "这个链接过期了" in said.content.decode()
    assert household().acked_at is None


def test_a_lifted_message_says_so_and_takes_no_answer(client, link):
    path = link()
    close_mailing(PLATFORM, household().mailing_id, "lifted")
    assert "预警已经解除" in client.get(path).content.decode()
    assert client.post(path, {"answer": "ok"}).status_code == 302
    assert household().acked_at is None


def test_an_old_link_leads_to_the_newest_message(client, link, mail, addressee):
    path = link()
    old = household().mailing_id
    new = mail([addressee(1)], key="alert:2", title="洪水橙色预警")
    close_mailing(PLATFORM, old, "updated", replaced_by=new)
    said = client.get(path, follow=True)
    assert said.status_code == 200
    assert "洪水橙色预警" in said.content.decode()


def test_guessing_links_is_slowed_down(client, link):
    statuses = [client.get(f"/r/{'A' * 31}{n % 10}").status_code for n in range(32)]
    assert statuses.count(404) == 30
    assert statuses[-1] == 429


def test_opening_the_page_takes_few_queries(client, link, django_assert_max_num_queries):
    path = link()
    client.get(path)
    with django_assert_max_num_queries(2):
        client.get(path)
