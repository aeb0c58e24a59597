"""The same submit twice, one after another and at the same moment: done once, and said."""

import threading

import pytest
from tests.bad_input.conftest import post
from tests.lived_in.house import BOTH

pytestmark = BOTH
# A repeat leaves its own line in the audit trail and nothing else.
TRAIL = {"people_auditentry", "django_session"}


@pytest.fixture(scope="module")
def draft(running):
    ((ident,),) = running.rows("SELECT id FROM alerts_alert WHERE state = 'DRAFT'")
    return ident


def at_once(*submits):
    """Run all of them from threads that start at one moment; their answers."""
    answers, start = [None] * len(submits), threading.Barrier(len(submits))

    def run(number, submit):
        start.wait()
        answers[number] = submit()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(submits)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def steps(running, alert, step):
    sql = "SELECT by_label FROM alerts_signature WHERE alert_id = ? AND step = ? AND void = 0"
    return running.rows(sql, alert, step)


def test_without_a_review_a_signature_is_refused_and_says_so(house, running, draft, browser, watch):
    leader = browser("luoyuan")
    touched = watch()
    post(leader, f"/alerts/{draft}/sign")
    page = leader.get(f"/alerts/{draft}").text
    assert steps(running, draft, "sign") == []
    assert touched() <= TRAIL
    assert "review" in page.lower()


def test_two_reviews_at_once_are_one(house, running, draft, browser):
    browsers = [browser("zhoumin"), browser("zhoumin")]
    at_once(*(lambda b=b: post(b, f"/alerts/{draft}/review") for b in browsers))
    assert len(steps(running, draft, "review")) == 1


def test_two_signatures_at_once_are_one(house, running, draft, browser):
    """Two windows of the same leader: one signs and sends, the other is told so."""
    browsers = [browser("luoyuan"), browser("luoyuan")]
    mailings = running.rows("SELECT count(*) FROM messaging_mailing")[0][0]
    answers = at_once(*(lambda b=b: post(b, f"/alerts/{draft}/sign") for b in browsers))
    assert [a.status_code for a in answers] == [302, 302]
    assert len(steps(running, draft, "sign")) == 1
    pages = [b.get(f"/alerts/{draft}").text for b in browsers]
    assert sum("Already done by" in page for page in pages) == 1
    assert _submissions(running, draft) == 1
    sent = running.rows("SELECT count(*) FROM messaging_mailing")[0][0] - mailings
    keys = running.rows("SELECT key FROM messaging_mailing")
    assert sent <= 1
    assert len(keys) == len(set(keys))


def _submissions(running, alert):
    sql = "SELECT count(*) FROM alerts_municipalsubmission WHERE alert_id = ?"
    return running.rows(sql, alert)[0][0]


def test_a_third_signature_later_changes_nothing_and_names_the_first(
    house, running, draft, browser, watch
):
    leader = browser("luoyuan", language="zh-hans")
    touched = watch()
    answer = post(leader, f"/alerts/{draft}/sign")
    assert answer.status_code == 302
    assert "罗远" in leader.get(f"/alerts/{draft}").text
    assert touched() <= TRAIL
    assert len(steps(running, draft, "sign")) == 1


def test_two_answers_of_a_household_at_once_are_one(house, running, browser):
    """The link is opened on two telephones of one family."""
    token = next(
        letter["link"].rsplit("/", 1)[1] for letter in reversed(house.letters)
        if _unanswered(running, letter["id"])
    )  # fmt: skip
    phones = [browser(), browser()]
    before = _acked(running)
    answers = at_once(*(lambda p=p: p.post(f"/r/{token}", data={"answer": "ok"}) for p in phones))
    assert {a.status_code for a in answers} <= {302, 303}
    assert _acked(running) == before + 1
    again = phones[0].post(f"/r/{token}", data={"answer": "ok"}, follow_redirects=True)
    assert again.status_code == 200
    assert _acked(running) == before + 1


def _unanswered(running, code):
    sql = "SELECT 1 FROM messaging_delivery WHERE code = ? AND acked_at IS NULL"
    return bool(running.rows(sql, code))


def _acked(running):
    return running.rows("SELECT count(*) FROM messaging_delivery WHERE acked_at IS NOT NULL")[0][0]
