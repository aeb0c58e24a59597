"""The event file: proposed by an alert, opened and reported by people, closed once."""

from dataclasses import replace

import pytest

from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.models import Timer, WorkItem
from anlan.operations.incidents.actions import (
    NewEntry,
    NewIncident,
    ReportText,
    close_incident,
    decline_incident,
    hold_incident,
    note_figures,
    open_incident,
    open_new_incident,
    propose_incident,
    record_phone_report,
    release_incident,
    report_continuing,
    report_final,
    report_first,
    return_report,
    settle_incident,
    sign_report,
)
from anlan.operations.incidents.actions.reporting import FiguresRefused
from anlan.operations.incidents.models import Incident, Report
from anlan.operations.incidents.queries import incident, incidents, prefill, proposed
from anlan.operations.incidents.queries import open_incident as the_open_one
from anlan.operations.incidents.rules.loss import FINAL_NEEDS
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import Account, OutboxEvent
from anlan.operations.people.queries import scope_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db

NOTHING_LOST = dict.fromkeys(FINAL_NEEDS, 0)


def waiting(prefix=""):
    return set(
        WorkItem.objects.filter(done_at=None, key__startswith=prefix).values_list("key", flat=True)
    )


def signed_first(pk, officer, leader):
    report = report_first(officer, pk, ReportText(situation="涨水"))
    sign_report(leader, report)
    return report


def test_an_alert_proposes_one_file_however_often_it_is_heard(drill_clock, alerts_known, officer):
    assert propose_incident(7) == propose_incident(7)
    assert [row.title for row in proposed()] == ["500106洪水 2020年8月19日"]
    assert the_open_one() is None


def test_an_update_of_the_chain_opens_no_second_file(open_file, alerts_known):
    alerts_known[9] = replace(alerts_known[7], id=9)
    assert propose_incident(9) == open_file
    assert Incident.objects.count() == 1


def test_an_alert_that_is_not_there_proposes_nothing(drill_clock, alerts_known):
    assert propose_incident(404) is None


def test_a_person_opens_the_file_and_it_gets_the_years_next_number(open_file, officer):
    assert the_open_one().number == "2020-001"
    assert the_open_one().opened_by == "chenli"
    other = open_new_incident(
        officer,
        NewIncident(title="天星桥积水", hazard="waterlogging", area_code="500106012",
                    known_at=clock.now()),
    )  # fmt: skip
    assert incident(other).row.number == "2020-002"


def test_opening_twice_is_answered_and_changes_nothing(open_file, leader):
    before = OutboxEvent.objects.count()
    with pytest.raises(Refused) as refusal:
        open_incident(leader, open_file)
    assert refusal.value.parameters["who"] == "chenli"
    assert refusal.value.parameters["number"] == "2020-001"
    assert OutboxEvent.objects.count() == before


def test_the_same_new_file_twice_is_one_file(drill_clock, officer):
    new = NewIncident(title="x", hazard="other", area_code="500106", known_at=clock.now())
    assert open_new_incident(officer, new) == open_new_incident(officer, new)


def test_nothing_is_known_before_it_is_known(drill_clock, officer, later):
    known_at = clock.now()
    happened = later(minutes=5)
    with pytest.raises(Refused):
        open_new_incident(
            officer,
            NewIncident(title="x", hazard="other", area_code="500106", known_at=known_at,
                        occurred_at=happened),
        )  # fmt: skip


def test_a_declined_file_asks_again_when_a_later_alert_comes(drill_clock, alerts_known, officer):
    pk = propose_incident(7)
    decline_incident(officer, pk, "误报")
    assert not waiting("incident:")
    assert propose_incident(7) == pk
    assert incident(pk).row.state == "PROPOSED"


def test_declining_needs_a_sentence(drill_clock, alerts_known, officer):
    with pytest.raises(Refused):
        decline_incident(officer, propose_incident(7), "  ")


def test_the_terms_stand_on_the_desk_with_their_timers(open_file):
    key = f"incident:{open_file}:"
    assert waiting(key) == {f"{key}phone", f"{key}written", f"{key}natural"}
    assert Timer.objects.filter(key__startswith=key).count() == 3


def test_a_term_that_runs_out_is_handed_to_the_leader_once(open_file, later):
    from anlan.operations.incidents.actions import hand_up_overdue

    later(minutes=31)
    assert run_due_timers() == 1
    hand_up_overdue(open_file, "phone")
    item = WorkItem.objects.get(key=f"incident:{open_file}:phone", done_at=None)
    assert (item.right, item.escalated) == ("incidents.sign", 1)
    file = incident(open_file)
    assert [o.key for o in file.late] == ["phone"]
    assert file.history[0].kind == "late"


def test_the_phone_call_meets_its_term_and_twice_is_once(open_file, officer, later):
    later(minutes=9)
    assert record_phone_report(officer, open_file, "市应急局值班室", "王工接")
    assert not record_phone_report(officer, open_file, "市应急局值班室", "王工接")
    assert f"incident:{open_file}:phone" not in waiting()
    file = incident(open_file)
    assert {o.key: o.status for o in file.obligations}["phone"] == "met"
    assert [e.detail for e in file.history if e.kind == "phone"] == ["王工接"]


def test_nobody_signs_the_own_draft(open_file, leader):
    own = report_first(leader, open_file, ReportText())
    with pytest.raises(Refused):
        sign_report(leader, own)
    assert Report.objects.get(pk=own).state == "DRAFTED"


def test_a_signed_report_starts_the_next_term(open_file, officer, leader, later):
    later(minutes=40)
    signed_first(open_file, officer, leader)
    key = f"incident:{open_file}:"
    assert waiting(key) == {f"{key}phone", f"{key}follow_up"}
    due = WorkItem.objects.get(key=f"{key}follow_up", done_at=None).due_at
    assert (due - clock.now()).total_seconds() == 24 * 3600


def test_signing_twice_is_answered_and_changes_nothing(open_file, officer, leader):
    report = signed_first(open_file, officer, leader)
    before = OutboxEvent.objects.count()
    with pytest.raises(Refused) as refusal:
        sign_report(leader, report)
    assert refusal.value.parameters == {"who": "helan", "when": "17:32"}
    assert OutboxEvent.objects.count() == before


def test_the_first_report_comes_first_and_only_once(open_file, officer, leader):
    with pytest.raises(Refused):
        report_continuing(officer, open_file, ReportText())
    signed_first(open_file, officer, leader)
    with pytest.raises(Refused):
        report_first(officer, open_file, ReportText())


def test_a_draft_sent_twice_is_one_version(open_file, officer):
    text = ReportText(figures={"affected": 12})
    assert report_first(officer, open_file, text) == report_first(officer, open_file, text)
    assert Report.objects.count() == 1


def test_facts_of_a_signed_version_are_never_overwritten(open_file, officer, leader):
    first = report_first(officer, open_file, ReportText(figures={"affected": 100}))
    sign_report(leader, first)
    second = report_continuing(officer, open_file, ReportText(figures={"affected": 140}))
    sign_report(leader, second)
    chain = incident(open_file).signed
    assert [(r.sequence, r.kind, r.figures["affected"]) for r in chain] == [
        (2, "continuing", 140),
        (1, "first", 100),
    ]


def test_figures_that_contradict_themselves_are_refused_with_their_fields(open_file, officer):
    with pytest.raises(FiguresRefused) as refusal:
        report_first(officer, open_file, ReportText(figures={"affected": 1, "dead": 2}))
    assert refusal.value.findings[0].fields[0] == "affected"
    assert not Report.objects.exists()


def test_a_drop_needs_a_written_reason(open_file, officer, leader):
    sign_report(leader, report_first(officer, open_file, ReportText(figures={"missing": 3})))
    fewer = {"missing": 1}
    with pytest.raises(FiguresRefused):
        report_continuing(officer, open_file, ReportText(figures=fewer))
    report_continuing(officer, open_file, ReportText(figures=fewer, reason="两人已找到"))


def test_a_returned_draft_leaves_room_for_a_new_one(open_file, officer, leader):
    draft = report_first(officer, open_file, ReportText())
    return_report(leader, draft, "写清地点")
    again = report_first(officer, open_file, ReportText(situation="磁器口"))
    assert again != draft
    sign_report(leader, again)
    assert [r.sequence for r in incident(open_file).signed] == [1]


def test_a_final_report_is_refused_while_something_keeps_the_file_open(open_file, officer, leader):
    signed_first(open_file, officer, leader)
    held = NewEntry(kind="response:1", text="The response still runs, %(open)d tasks are open.",
                    parameters={"open": 3}, link="/response/1")  # fmt: skip
    hold_incident(open_file, held)
    hold_incident(open_file, held)
    with pytest.raises(Refused) as refusal:
        report_final(officer, open_file, ReportText(figures=NOTHING_LOST))
    assert refusal.value.parameters == {"open": 3}
    assert release_incident(open_file, "response:1") == 1
    report_final(officer, open_file, ReportText(figures=NOTHING_LOST))


def test_a_hold_that_came_after_the_draft_stops_the_signature(open_file, officer, leader):
    signed_first(open_file, officer, leader)
    final = report_final(officer, open_file, ReportText(figures=NOTHING_LOST))
    hold_incident(open_file, NewEntry(kind="response:1", text="The response still runs."))
    with pytest.raises(Refused):
        sign_report(leader, final)
    assert incident(open_file).row.state == "OPEN"


def test_the_signed_final_report_closes_the_file(open_file, officer, leader):
    signed_first(open_file, officer, leader)
    settle_incident(officer, open_file)
    sign_report(leader, report_final(officer, open_file, ReportText(figures=NOTHING_LOST)))
    file = incident(open_file)
    assert (file.row.state, file.row.closed_by) == ("CLOSED", "helan")
    assert not waiting(f"incident:{open_file}:")
    assert not Timer.objects.filter(key__startswith=f"incident:{open_file}:", fired_at=None)
    with pytest.raises(Refused):
        report_continuing(officer, open_file, ReportText())
    with pytest.raises(Refused) as refusal:
        close_incident(leader, open_file)
    assert refusal.value.parameters["who"] == "helan"


def test_a_file_without_a_final_report_does_not_close(open_file, leader):
    with pytest.raises(Refused):
        close_incident(leader, open_file)


def test_the_platform_writes_no_report(open_file):
    with pytest.raises(Refused):
        report_first(PLATFORM, open_file, ReportText())


def test_the_next_report_is_filled_from_the_records(open_file, officer, leader, later):
    first = report_first(officer, open_file, ReportText(figures={"relocated": 10, "dead": 0}))
    sign_report(leader, first)
    assert note_figures(open_file, {"relocated": 14}, "Evacuation tasks", "/response/1") == 1
    assert note_figures(open_file, {"relocated": 14}, "Evacuation tasks", "/response/1") == 0
    ready = prefill(open_file)
    assert (ready.kind, ready.sequence) == ("continuing", 2)
    assert (ready.figures["relocated"], ready.figures["dead"]) == (14, 0)
    assert ready.figures["injured"] is None
    assert ready.sources["relocated"].link == "/response/1"
    assert [(c.key, c.change) for c in ready.changes] == [("relocated", 4)]


def test_a_street_sees_its_own_files_only(open_file, officer, person):
    street = person("ciqikou", "township", "500106004")
    own = open_new_incident(
        officer,
        NewIncident(title="x", hazard="flood", area_code="500106004", known_at=clock.now()),
    )
    scope = scope_of(Account.objects.get(pk=street.id))
    assert [row.id for row in incidents(scope)] == [own]
    assert incident(open_file, scope) is None
    nobody = scope_of(Account.objects.get(pk=person("auditor", "audit_admin").id))
    assert incidents(nobody) == []


def test_the_file_is_read_with_a_fixed_number_of_queries(
    open_file, officer, leader, django_assert_max_num_queries
):
    signed_first(open_file, officer, leader)
    for n in range(5):
        text = ReportText(figures={"affected": 10}, reason=f"{n}")
        sign_report(leader, report_continuing(officer, open_file, text))
    with django_assert_max_num_queries(7):
        incident(open_file)
