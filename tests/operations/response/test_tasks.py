"""Tasks: accepted, reported and counted by their owners, late by the clock, cleared with reason."""

import pytest

from anlan.operations.deadlines.actions import run_due_timers
from anlan.operations.deadlines.models import WorkItem
from anlan.operations.incidents.actions import ReportText, report_final, report_first, sign_report
from anlan.operations.incidents.queries import incident, prefill
from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import OutboxEvent
from anlan.operations.resources.queries import shelter
from anlan.operations.response.actions import (
    TaskWords,
    accept_task,
    clear_task,
    end_response,
    hand_up_situation_report,
    hand_up_task,
    report_task,
    review_response,
    write_situation_report,
)
from anlan.operations.response.models import Task
from anlan.operations.response.queries import (
    activation,
    communities,
    current,
    my_tasks,
    shelters_used,
    situation_reports,
    task,
    tasks,
)
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db


def the(activation_id, card, owner=""):
    found = (t.id for t in tasks(activation_id) if t.card_key == card)
    if owner:
        found = (t.id for t in tasks(activation_id) if (t.card_key, t.owner_code) == (card, owner))
    return next(found)


def finish_all(activation_id, actor):
    for row in tasks(activation_id):
        people = row.target if row.report == "people" else None
        report_task(actor, row.id, TaskWords("办完", people, done=True))


def test_a_street_accepts_its_task_once(running, ciqikou):
    patrol = the(running, "patrol", "500106004")
    assert accept_task(ciqikou, patrol)
    assert not accept_task(ciqikou, patrol)
    row, reports = task(patrol)
    assert (row.state, row.accepted_by) == ("ACCEPTED", "ciqikou")
    assert len(reports) == 1


def test_another_streets_task_is_not_there(running, ciqikou, sight):
    foreign = the(running, "patrol", "500106002")
    with pytest.raises(Task.DoesNotExist):
        accept_task(ciqikou, foreign)
    assert task(foreign, sight(ciqikou)) is None
    assert {t.area_code[:9] for t in tasks(running, sight(ciqikou))} == {"500106004"}


def test_a_grid_worker_handles_the_own_community_only(running, person, sight):
    worker = person("wangge", "grid_worker", "500106004002", "500106004")
    own = [t.owner_code for t in my_tasks(sight(worker))]
    assert own == ["500106004002"]
    report_task(worker, the(running, "evacuate", "500106004002"), TaskWords("", 30))
    with pytest.raises(Task.DoesNotExist):
        accept_task(worker, the(running, "patrol", "500106004"))


def test_a_department_handles_its_own_card_only(running, person, sight):
    water = person("shuili", "department", "500106", "water")
    assert [t.card_key for t in tasks(running, sight(water), "water")] == ["gates"]
    report_task(water, the(running, "gates"), TaskWords("12 座闸全关", done=True))
    with pytest.raises(Task.DoesNotExist):
        accept_task(water, the(running, "patrol", "500106004"))


def test_the_duty_room_reports_for_a_team_that_phones(running, officer):
    boats = the(running, "boats", "team-professional")
    report_task(officer, boats, TaskWords("4 艘艇到位", done=True))
    assert task(boats)[0].done_by == "chenli"


def test_the_platform_and_who_only_looks_handle_nothing(running, commander):
    patrol = the(running, "patrol", "500106004")
    for nobody in (PLATFORM, commander):
        with pytest.raises(Task.DoesNotExist):
            accept_task(nobody, patrol)


def test_a_report_twice_is_recorded_once(running, ciqikou):
    move = the(running, "evacuate", "500106004001")
    assert report_task(ciqikou, move, TaskWords("车在途中", 120))
    assert not report_task(ciqikou, move, TaskWords("车在途中", 120))
    assert len(task(move)[1]) == 1


def test_moved_people_are_totals_and_add_up(running, ciqikou):
    report_task(ciqikou, the(running, "evacuate", "500106004001"), TaskWords("", 120))
    report_task(ciqikou, the(running, "evacuate", "500106004001"), TaskWords("", 300))
    report_task(ciqikou, the(running, "evacuate", "500106004002"), TaskWords("", 50))
    row = current()
    assert (row.evacuated, row.to_evacuate) == (350, 770)
    moved = {c.code: (c.moved, c.left) for c in communities(running)}
    assert moved["500106004001"] == (300, 100)


def test_done_needs_the_count_and_a_word_about_who_is_missing(running, ciqikou):
    move = the(running, "evacuate", "500106004001")
    with pytest.raises(Refused):
        report_task(ciqikou, move, TaskWords("转完", done=True))
    with pytest.raises(Refused):
        report_task(ciqikou, move, TaskWords("", 390, done=True))
    report_task(ciqikou, move, TaskWords("10 人在外地", 390, done=True))
    assert task(move)[0].state == "DONE"


def test_an_empty_report_is_refused(running, ciqikou):
    with pytest.raises(Refused):
        report_task(ciqikou, the(running, "patrol", "500106004"), TaskWords("  "))


def test_words_are_no_people(running, ciqikou):
    with pytest.raises(Refused):
        report_task(ciqikou, the(running, "patrol", "500106004"), TaskWords("巡完", 3))


def test_a_shelters_task_opens_it_and_counts(running, ciqikou):
    school = the(running, "open-shelter", "S-SCHOOL")
    report_task(ciqikou, school, TaskWords("已开门"))
    assert shelter("S-SCHOOL").open
    report_task(ciqikou, school, TaskWords("", 120, done=True))
    report_task(ciqikou, school, TaskWords("", 260))
    assert shelter("S-SCHOOL").occupied == 260
    row = current()
    assert (row.shelters_open, row.shelters_planned, row.sheltered) == (1, 2, 260)
    assert {s.row.code: s.free for s in shelters_used(running)}["S-SCHOOL"] == 40


def test_a_task_is_late_by_the_clock_and_handed_up_once(running, later, ciqikou):
    patrol = the(running, "patrol", "500106004")
    later(minutes=61)
    assert task(patrol)[0].late
    assert current().tasks_late >= 1
    run_due_timers()
    hand_up_task(patrol)
    item = WorkItem.objects.get(key=f"response:{running}:task:{patrol}", done_at=None)
    assert (item.right, item.escalated) == ("response.dispatch", 1)
    report_task(ciqikou, patrol, TaskWords("巡完", done=True))
    assert not task(patrol)[0].late
    hand_up_task(patrol)


def test_clearing_a_task_needs_a_reason_and_the_duty_room(running, officer, ciqikou):
    patrol = the(running, "patrol", "500106004")
    with pytest.raises(Refused):
        clear_task(officer, patrol, " ")
    with pytest.raises(Refused):
        clear_task(ciqikou, patrol, "不用了")
    clear_task(officer, patrol, "改由武装部负责")
    with pytest.raises(Refused) as refusal:
        report_task(ciqikou, patrol, TaskWords("巡完", done=True))
    assert refusal.value.parameters == {"why": "改由武装部负责"}


def test_a_done_task_says_so_once(running, ciqikou):
    patrol = the(running, "patrol", "500106004")
    report_task(ciqikou, patrol, TaskWords("巡完", done=True))
    report_task(ciqikou, patrol, TaskWords("又巡一遍"))
    assert OutboxEvent.objects.filter(name="response.task_done").count() == 1


def test_the_response_does_not_end_over_open_tasks(running, commander):
    with pytest.raises(Refused) as refusal:
        end_response(commander, running, "水退了")
    assert refusal.value.parameters["open"] == len(tasks(running))


def test_the_response_ends_when_all_is_done(running, officer, commander):
    finish_all(running, officer)
    end_response(commander, running, "水退到警戒以下")
    row = activation(running)
    assert (row.state, row.ended_by) == ("ENDED", "luoyuan")
    assert current() is None
    left = WorkItem.objects.filter(done_at=None, key__startswith=f"response:{running}:")
    assert [item.key for item in left] == [f"response:{running}:review"]


def test_ending_twice_is_answered(running, commander):
    end_response(commander, running, "水退了", clear_open=True)
    with pytest.raises(Refused) as refusal:
        end_response(commander, running, "水退了", clear_open=True)
    assert refusal.value.parameters["who"] == "luoyuan"


def test_tasks_cleared_with_the_response_keep_their_record(running, commander, ciqikou):
    end_response(commander, running, "水退了", clear_open=True)
    assert {t.state for t in tasks(running)} == {"CLEARED"}
    with pytest.raises(Refused):
        accept_task(ciqikou, the(running, "patrol", "500106004"))


def test_the_end_closes_empty_shelters_and_leaves_the_others(running, commander, ciqikou, officer):
    report_task(ciqikou, the(running, "open-shelter", "S-SCHOOL"), TaskWords("", 260))
    report_task(officer, the(running, "open-shelter", "S-GYM"), TaskWords("开门"))
    end_response(commander, running, "水退了", clear_open=True)
    assert shelter("S-SCHOOL").open
    assert not shelter("S-GYM").open


def test_a_review_is_asked_within_30_days_and_closes_the_response(running, commander, officer):
    end_response(commander, running, "水退了", clear_open=True)
    with pytest.raises(Refused):
        review_response(officer, running, "")
    review_response(officer, running, "转移比计划晚 20 分，改集合点。")
    assert activation(running).state == "REVIEWED"
    assert not WorkItem.objects.filter(done_at=None, key__startswith=f"response:{running}:")


def test_situation_reports_are_numbered_and_the_same_twice_is_one(running, officer, later):
    later(hours=2)
    assert write_situation_report(officer, running) == 1
    assert write_situation_report(officer, running) == 1
    assert write_situation_report(officer, running, "人手不够") == 2
    assert [r.number for r in situation_reports(running)] == [2, 1]
    item = WorkItem.objects.get(key=f"response:{running}:situation", done_at=None)
    assert item.parameters == {"number": 3}


def test_a_late_situation_report_is_handed_up(running, later):
    later(hours=2, minutes=1)
    hand_up_situation_report(running, 1)
    item = WorkItem.objects.get(key=f"response:{running}:situation", done_at=None)
    assert (item.right, item.escalated) == ("response.sign", 1)


NOTHING_LOST = {
    "affected": 770, "dead": 0, "missing": 0, "injured": 0, "relocated": 770,
    "houses_collapsed": 0, "rooms_collapsed": 0, "loss_total": 0,
}  # fmt: skip


def test_a_final_report_is_refused_while_tasks_are_open(on_file, officer, leader, commander):
    file, response = on_file
    sign_report(leader, report_first(officer, file, ReportText()))
    with pytest.raises(Refused) as refusal:
        report_final(officer, file, ReportText(figures=NOTHING_LOST))
    assert refusal.value.parameters == {"open": len(tasks(response))}
    finish_all(response, officer)
    with pytest.raises(Refused) as refusal:
        report_final(officer, file, ReportText(figures=NOTHING_LOST))
    assert refusal.value.parameters == {"open": 0}
    end_response(commander, response, "水退了")
    sign_report(leader, report_final(officer, file, ReportText(figures=NOTHING_LOST)))
    assert incident(file).row.state == "CLOSED"


def test_the_next_report_upward_carries_who_was_moved_and_where(on_file, officer, ciqikou):
    file, response = on_file
    report_task(ciqikou, the(response, "evacuate", "500106004001"), TaskWords("", 300))
    report_task(ciqikou, the(response, "open-shelter", "S-SCHOOL"), TaskWords("", 180))
    figures = prefill(file).figures
    assert (figures["relocated"], figures["relocated_shelter"], figures["relocated_own"]) == (
        300, 180, 120,
    )  # fmt: skip
    report_task(ciqikou, the(response, "open-shelter", "S-SCHOOL"), TaskWords("回家", 20))
    assert prefill(file).figures["relocated_shelter"] == 180


def test_the_end_of_the_response_makes_the_event_stable(on_file, commander):
    file, response = on_file
    end_response(commander, response, "水退了", clear_open=True)
    found = incident(file)
    assert found.row.stable_at is not None
    assert not found.holds
    assert found.obligations[-1].key == "final"


def test_the_board_is_read_with_a_fixed_number_of_queries(
    running, sight, officer, django_assert_max_num_queries
):
    scope = sight(officer)
    with django_assert_max_num_queries(8):
        assert current(scope) is not None
    with django_assert_max_num_queries(1):
        tasks(running, scope)
    with django_assert_max_num_queries(8):
        communities(running, scope)
    with django_assert_max_num_queries(8):
        shelters_used(running, scope)
