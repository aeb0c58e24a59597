"""Recordings, and the names and words of people who are not of the office."""

import io
import json

import pytest
from docx import Document
from tests.operations.enforcement.conftest import at, certificate, new_case
from tests.operations.enforcement.test_procedure import (
    SERVED,
    SITE,
    filed,
    inspected,
    investigated,
    served,
)

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.enforcement.actions import correct_paper, paper_file
from anlan.operations.enforcement.models import Case, CaseStep, Paper
from anlan.operations.people.models import AuditEntry
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
DIGEST = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08"


def test_who_was_there_and_what_was_said_is_shown_on_record_and_nowhere_else(people, case):
    people["officer"].take(case, "inspect", **SITE | {"present": "伍德全"})
    people["officer"].take(case, "propose filing", facts="停用", basis="第三十六条",
                           ended_on="2026-03-02", harm="no")  # fmt: skip
    people["leader"].take(case, "file", opinion="同意")
    people["officer"].take(case, "investigate", facts="停用", evidence="笔录", amount="20000",
                           row=str(_row()), circumstances="1 套")  # fmt: skip
    people["officer"].take(case, "notify")
    people["officer"].take(case, "serve the notice", **SERVED | {
        "receiver": "陆小曼", "place": "天星桥 8 号"})  # fmt: skip
    people["officer"].take(case, "waive", statement="我丈夫住院，请求从轻")
    browser = people["officer"].browser
    page = browser.get(f"/cases/{case}").content.decode()
    secrets = ("伍德全", "陆小曼", "天星桥 8 号", "我丈夫住院")
    assert not [one for one in secrets if one in page]
    assert page.count("已封存") == 4
    stored = json.dumps([list(CaseStep.objects.values_list("said", flat=True)),
                         list(Paper.objects.values_list("said", flat=True))],
                        ensure_ascii=False)  # fmt: skip
    assert not [one for one in secrets if one in stored]
    assert "除尘系统停用" in stored  # what the office itself found stands open
    api = browser.get(f"/api/v1/cases/{case}").content.decode()
    assert not [one for one in secrets if one in api]
    looks = AuditEntry.objects.filter(verb="people.view_personal")
    before = looks.count()
    shown = browser.post(f"/cases/{case}/party").content.decode()
    assert all(one in shown for one in secrets)
    assert looks.count() == before + 1
    assert {"present", "receiver", "statement"} <= set(looks.latest("id").detail["fields"])


def _row():
    from anlan.operations.enforcement.models import DiscretionRow

    return DiscretionRow.objects.get(code="AQ-099-2").pk


def test_a_paper_and_its_correction_say_the_sealed_words_all_the_same(people, case, set_papers):
    people["officer"].take(case, "inspect", **SITE | {"present": "伍德全"})
    paper = Paper.objects.get(case=case)
    page = people["officer"].browser.get(f"/cases/papers/{paper.pk}/correct").content.decode()
    assert "伍德全" not in page
    fresh = correct_paper(people["officer"].doer, paper.pk, {"finding": "除尘系统停用两日"}, "误写")
    word = Document(io.BytesIO(paper_file(people["officer"].actor,
                                          Paper.objects.get(pk=fresh), "docx")))  # fmt: skip
    said = "\n".join([p.text for p in word.paragraphs] + [c.text for c in word.tables[0]._cells])
    assert "伍德全" in said
    assert "停用两日" in said
    assert "伍德全" not in json.dumps(Paper.objects.get(pk=fresh).said, ensure_ascii=False)


@pytest.mark.parametrize("lacks", ["recording", "recorder", "length"])
def test_a_site_check_a_seizure_and_a_service_face_to_face_have_a_recording(people, case, lacks):
    officer, none = people["officer"], {lacks: ""}
    with pytest.raises(Refused, match="missing"):
        officer.take(case, "inspect", **SITE | none)
    investigated(people, case)
    seized = {"items": "抛光机", "place": "库房", "recording": "AV-3", "recorder": "R-7",
              "length": "5:00"}  # fmt: skip
    with pytest.raises(Refused, match="missing"):
        people["leader"].take(case, "hold evidence", **seized | none)
    people["leader"].take(case, "hold evidence", **seized)
    officer.take(case, "notify")
    with pytest.raises(Refused, match="missing"):
        officer.take(case, "serve the notice", **SERVED | none)
    with pytest.raises(Refused, match="missing"):
        officer.take(case, "serve the notice", **SERVED | none | {"how": "left"})
    officer.take(case, "serve the notice", **SERVED | none | {"how": "mail"})  # by post: none


def test_the_digest_of_a_recording_is_kept_with_the_step_or_when_the_recorder_is_docked(
    people, case
):
    officer = people["officer"]
    with pytest.raises(Refused, match="not understood"):
        officer.take(case, "inspect", **SITE | {"digest": "abc"})
    with pytest.raises(Refused, match="not understood"):
        officer.take(case, "inspect", **SITE | {"length": "0:00"})
    officer.take(case, "inspect", **SITE)
    later = {"of": "inspect", "recording": "AV-1", "recorder": "R-7 区局采集站", "length": "48:05",
             "digest": DIGEST}  # fmt: skip
    with pytest.raises(Refused, match="has not been taken"):
        officer.take(case, "keep a recording", **later | {"of": "serve"})
    with pytest.raises(Refused, match="missing"):
        officer.take(case, "keep a recording", **later | {"digest": ""})
    officer.take(case, "keep a recording", **later)
    assert CaseStep.objects.get(verb="keep a recording").said["digest"] == DIGEST.lower()
    with pytest.raises(Refused, match="kept already"):
        officer.take(case, "keep a recording", **later)
    assert DIGEST.lower() in officer.browser.get(f"/cases/{case}").content.decode()


def test_the_party_asks_for_a_recheck_and_ten_days_run_from_its_request(people, case):
    filed(people, case)  # to be rectified by 12 March: re-check by the twenty-second
    assert Case.objects.get(pk=case).dues["recheck"] == "2026-03-22"
    item = f"case:{case}:recheck"
    assert "复查" in _title(item)
    at(2026, 3, 6, 9)
    ask = {"on": "2026-03-05", "statement": "已恢复，请复查"}
    with pytest.raises(Refused, match="between the order"):
        people["officer"].take(case, "ask for a re-check", **ask | {"on": "2026-03-07"})
    with pytest.raises(Refused, match="Your role"):
        people["leader"].take(case, "ask for a re-check", **ask)
    people["officer"].take(case, "ask for a re-check", **ask)
    one = Case.objects.get(pk=case)
    assert (one.dues["recheck"], str(one.due_on)) == ("2026-03-15", "2026-03-15")
    assert WorkItem.objects.get(key=item, done_at=None).due_at.date().isoformat() == "2026-03-15"
    assert "申请" in _title(item)
    with pytest.raises(Refused, match="asked for already"):
        people["officer"].take(case, "ask for a re-check", **ask)
    people["officer"].take(case, "check the order", outcome="not", finding="未恢复",
                           until="2026-03-16")  # fmt: skip
    assert Case.objects.get(pk=case).dues["recheck"] == "2026-03-26"
    people["officer"].take(case, "ask for a re-check", **ask | {"on": "2026-03-06"})
    people["officer"].take(case, "check the order", outcome="done", finding="已恢复")
    assert not WorkItem.objects.filter(key=item, done_at=None).exists()
    with pytest.raises(Refused, match="nothing to check"):
        people["officer"].take(case, "ask for a re-check", **ask)


def _title(key):
    item = WorkItem.objects.get(key=key, done_at=None)
    return {"Re-check the order: %(title)s": "复查",
            "Re-check, as the party asked: %(title)s": "复查申请"}[item.title]  # fmt: skip


def test_a_late_request_shortens_nothing_and_a_settled_case_is_asked_for_too(people, case):
    served(people, case)
    officer = people["officer"]
    officer.take(case, "record a payment", amount="20000", on="2026-03-02", receipt="R1")
    officer.take(case, "execute", how="缴清")
    at(2026, 3, 20, 9)
    officer.take(case, "ask for a re-check", on="2026-03-20", statement="请复查")
    assert Case.objects.get(pk=case).dues["recheck"] == "2026-03-22"  # the expiry comes first
    officer.take(case, "recheck", finding="已恢复")
    assert Case.objects.get(pk=case).recheck_asked_on is None


def test_nothing_ordered_is_nothing_to_check_again(people):
    case = new_case(people, key="k9")
    inspected(people, case)
    assert certificate("officer")
    with pytest.raises(Refused, match="cannot be done"):
        people["officer"].take(case, "ask for a re-check", on="2026-03-02", statement="请复查")
