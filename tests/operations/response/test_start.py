"""From an alert to a signed response: the platform proposes, a person signs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.incidents.queries import incident
from anlan.operations.people.models import OutboxEvent
from anlan.operations.response.actions import (
    Proposal,
    adjust,
    alert_lifted,
    assign_shelters,
    attach_incident,
    propose,
    propose_by_hand,
    refresh,
    sign_activation,
    stand_down,
)
from anlan.operations.response.models import Activation, Task
from anlan.operations.response.queries import activation, current, proposed, shelter_of, tasks
from anlan.operations.response.rules.states import ActivationState
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db


def waiting(prefix):
    rows = WorkItem.objects.filter(done_at=None, key__startswith=prefix)
    return {item.key.partition(":")[2].partition(":")[2]: item for item in rows}


def test_an_alert_proposes_and_starts_nothing(standby):
    row = activation(standby)
    assert (row.state, row.level, row.proposed_level) == ("STANDBY", None, 1)
    assert current() is None
    assert Task.objects.count() == 0


def test_the_proposal_records_the_data_that_led_to_it(standby):
    trigger = activation(standby).trigger
    assert (trigger["alert"], trigger["crest_stage_m"]) == ("2020-0819-01", 194.29)
    assert trigger["datum"] == "wusong"


def test_the_same_alert_heard_twice_proposes_once(standby, known):
    assert propose(7) == standby
    assert len(proposed()) == 1
    assert OutboxEvent.objects.filter(name="response.proposed").count() == 1


def test_the_decision_waits_on_the_desk_of_who_may_sign(standby):
    item = waiting(f"response:{standby}:")["sign"]
    assert item.right == "response.sign_major"
    assert item.due_at == clock.now() + timedelta(minutes=15)


def test_without_a_plan_nothing_is_proposed(db, drill_clock, known):
    assert propose(7) is None


def test_an_alert_that_is_not_there_proposes_nothing(riverside, known):
    assert propose(404) is None


def test_a_duty_leader_does_not_sign_level_one(standby, leader):
    with pytest.raises(Refused) as refusal:
        sign_activation(leader, standby)
    assert refusal.value.parameters["who"] == "helan"
    assert activation(standby).state == "STANDBY"


def test_a_duty_leader_signs_level_three_with_a_reason(standby, leader):
    with pytest.raises(Refused):
        sign_activation(leader, standby, level=3)
    sign_activation(leader, standby, level=3, reason="水位已退")
    assert activation(standby).level == 3


def test_the_signature_records_plan_clause_level_area_issuer_and_time(standby, commander):
    sign_activation(commander, standby)
    row = activation(standby)
    assert (row.state, row.level, row.clause, row.issuer) == ("ACTIVE", 1, "5.1", "Commander")
    assert (row.plan_name, row.area_code, row.number) == ("Flood plan", "500106", "2020-01")
    assert (row.signed_by, row.signed_at) == ("luoyuan", clock.now())


def test_cards_become_tasks_for_communities_streets_departments_and_teams(standby, commander):
    assert sign_activation(commander, standby) == 8
    owners = [(t.card_key, t.owner_code) for t in tasks(standby)]
    assert sorted(owners) == [
        ("boats", "team-professional"),
        ("boats", "team-standing"),
        ("evacuate", "500106002008"),
        ("evacuate", "500106004001"),
        ("evacuate", "500106004002"),
        ("gates", "water"),
        ("patrol", "500106002"),
        ("patrol", "500106004"),
    ]


def test_each_task_waits_on_its_owners_desk(running):
    keys = [k for k in waiting(f"response:{running}:") if k.startswith("task:")]
    assert len(keys) == len(tasks(running))


def test_signing_twice_is_answered_and_changes_nothing(running, commander):
    before = (OutboxEvent.objects.count(), Task.objects.count())
    with pytest.raises(Refused) as refusal:
        sign_activation(commander, running)
    assert refusal.value.parameters == {"who": "luoyuan", "when": "17:32"}
    assert (OutboxEvent.objects.count(), Task.objects.count()) == before


def test_nobody_signs_the_own_proposal(riverside, known, person):
    both = person("both", "duty_leader")
    asked = propose_by_hand(
        both,
        Proposal(hazard="flood", level=3, area_code="500106004", reason="水上涨",
                 community_codes=("500106004001",)),
    )  # fmt: skip
    with pytest.raises(Refused):
        sign_activation(both, asked)
    sign_activation(person("other", "duty_leader"), asked)
    assert {t.owner_code for t in tasks(asked)} == {"500106004", "water"}


def test_a_second_response_of_the_plan_is_refused(standby, officer):
    with pytest.raises(Refused):
        propose_by_hand(officer, Proposal(hazard="flood", level=3, area_code="500106", reason="x"))


def test_a_declined_response_is_not_asked_again_for_the_same_alert(standby, known, leader):
    stand_down(leader, standby, "只淹步道")
    assert not waiting(f"response:{standby}:")
    assert propose(7) is None
    assert activation(standby).state == "STOOD_DOWN"


def test_a_more_severe_alert_asks_again_after_a_refusal(riverside, known, leader):
    known.alerts[7] = replace(known.alerts[7], level=2)
    stand_down(leader, propose(7), "只淹步道")
    known.alerts[9] = replace(known.alerts[7], id=9, level=1)
    assert activation(propose(9)).proposed_level == 1


def test_a_higher_alert_proposes_an_adjustment_and_only_proposes(
    riverside, known, officer, commander
):
    known.alerts[7] = replace(known.alerts[7], level=2)
    row = propose(7)
    sign_activation(commander, row)
    known.alerts[9] = replace(known.alerts[7], id=9, level=1)
    assert propose(9) == row
    found = activation(row)
    assert (found.state, found.level, found.proposed_level) == ("ACTIVE", 2, 1)
    assert waiting(f"response:{row}:")["sign"].title.startswith("Decide: change the response")
    adjust(commander, row)
    found = activation(row)
    assert (found.state, found.level, found.proposed_level) == ("ADJUSTED", 1, None)
    assert "sign" not in waiting(f"response:{row}:")


def test_an_adjustment_takes_the_right_of_the_more_severe_level(running, leader):
    with pytest.raises(Refused):
        adjust(leader, running, level=3, reason="x")


def test_a_lower_level_clears_what_nobody_took_but_keeps_its_record(running, commander):
    adjust(commander, running, level=3, reason="洪峰已过")
    by_state = {}
    for task in tasks(running):
        by_state.setdefault(task.state, set()).add(task.card_key)
    assert by_state == {
        "WAITING": {"patrol", "gates"},
        "CLEARED": {"evacuate", "boats", "open-shelter"},
    }


def test_an_update_with_more_communities_brings_new_tasks_when_asked(
    running, known, officer, commander
):
    known.alerts[9] = replace(
        known.alerts[7], id=9, run_id=4,
        community_codes=(*known.alerts[7].community_codes, "500106004006"),
    )  # fmt: skip
    hit = known.runs[3].communities
    more = replace(hit[0], people=500)
    known.runs[4] = replace(
        known.runs[3], id=4,
        communities=(more, *hit[1:], replace(hit[0], code="500106004006", name="磁建村")),
    )  # fmt: skip
    propose(9)
    assert "refresh" in waiting(f"response:{running}:")
    before = {t.owner_code for t in tasks(running)}
    assert refresh(officer, running) == 1
    after = {t.owner_code: t for t in tasks(running)}
    assert set(after) - before == {"500106004006"}
    assert after["500106004001"].target == 500
    assert "refresh" not in waiting(f"response:{running}:")


def test_a_done_evacuation_opens_again_when_more_people_come_into_the_water(
    running, known, officer, ciqikou
):
    from anlan.operations.response.actions import TaskWords, report_task

    move = next(t.id for t in tasks(running) if t.owner_code == "500106004001"
                and t.card_key == "evacuate")  # fmt: skip
    report_task(ciqikou, move, TaskWords("", 400, done=True))
    hit = known.runs[3].communities
    known.runs[4] = replace(
        known.runs[3], id=4, communities=(replace(hit[0], people=520), *hit[1:])
    )
    refresh(officer, running)
    row = next(t for t in tasks(running) if t.id == move)
    assert (row.state, row.target, row.people, row.done_at) == ("DOING", 520, 400, None)
    assert f"task:{move}" in waiting(f"response:{running}:")
    report_task(ciqikou, move, TaskWords("", 520, done=True))
    known.runs[5] = replace(known.runs[4], id=5)
    refresh(officer, running)
    assert next(t for t in tasks(running) if t.id == move).state == "DONE"


def test_a_counted_shelter_counts_again_when_more_people_come(running, known, officer):
    from anlan.operations.response.actions import TaskWords, report_task

    def gym():
        return next(t for t in tasks(running) if t.owner_code == "S-GYM")

    told = gym().target
    report_task(officer, gym().id, TaskWords("", told, done=True))
    hit = known.runs[3].communities
    known.runs[4] = replace(
        known.runs[3], id=4, communities=(*hit[:2], replace(hit[2], people=hit[2].people + 30))
    )
    refresh(officer, running)
    assert (gym().state, gym().target, gym().people) == ("DOING", told + 30, told)


def test_an_adjustment_also_answers_what_the_alerts_change_asked(running, known, commander):
    known.alerts[9] = replace(known.alerts[7], id=9, first_id=7, level=2, run_id=4)
    known.runs[4] = replace(known.runs[3], id=4)
    propose(9)
    assert {"sign", "refresh"} <= set(waiting(f"response:{running}:"))
    adjust(commander, running)
    assert not {"sign", "refresh"} & set(waiting(f"response:{running}:"))


def test_a_lifted_alert_asks_for_the_end_and_ends_nothing(running):
    assert alert_lifted(7) == 1
    assert activation(running).state == "ACTIVE"
    assert "end" in waiting(f"response:{running}:")


def test_a_lifted_alert_takes_an_undecided_proposal_away(standby):
    alert_lifted(7)
    assert activation(standby).state == ActivationState.STOOD_DOWN
    assert not waiting(f"response:{standby}:")


def test_a_file_opened_later_is_kept_open_by_the_response(running, known, officer):
    from anlan.operations.incidents.actions import open_incident, propose_incident

    file = propose_incident(7)
    open_incident(officer, file)
    assert attach_incident(file, 7) == 1
    assert attach_incident(file, 7) == 0
    assert Activation.objects.get(pk=running).incident_id == file
    assert incident(file).holds[0].link == f"/response/{running}"


def test_shelters_are_assigned_within_capacity_and_never_in_water(running):
    row = activation(running)
    plan = Activation.objects.get(pk=running).plans.get()
    shares = list(plan.shares.all())
    assert sum(s.people for s in shares) == 770
    assert "S-WET" not in {s.shelter_code for s in shares}
    used = {}
    for share in shares:
        used[share.shelter_code] = used.get(share.shelter_code, 0) + share.people
    assert used["S-SCHOOL"] <= 300
    assert used["S-GYM"] <= 600
    assert (row.assigned, row.unplaced, row.capacity) == (770, 0, 900)
    assert row.mean_distance_m > 0
    assert row.gap == 0


def test_who_finds_no_room_is_kept_and_shown(running, known):
    crowd = replace(known.runs[3].communities[0], people=2000)
    known.runs[3] = replace(known.runs[3], communities=(crowd,))
    assign_shelters(running)
    row = activation(running)
    assert (row.assigned, row.unplaced) == (900, 1100)
    assert row.capacity == 900


def test_the_shelters_of_the_assignment_become_tasks_to_open_them(running):
    opened = [t for t in tasks(running) if t.card_key == "open-shelter"]
    assert {t.owner_code for t in opened} == {"S-SCHOOL", "S-GYM"}
    assert sum(t.target for t in opened) == 770


def test_a_community_knows_its_shelters(running):
    shares = shelter_of("500106002008")
    assert [s.shelter_code for s in shares] == ["S-GYM"]
    assert shares[0].distance_m < 200


def test_assigning_again_keeps_the_older_plan_and_counts_the_newest(running, known):
    known.runs[3] = replace(known.runs[3], communities=known.runs[3].communities[:1])
    assign_shelters(running)
    assert Activation.objects.get(pk=running).plans.count() == 2
    assert activation(running).assigned == 400


def test_the_list_of_responses_takes_no_more_queries_for_more_rows(
    running, commander, django_assert_max_num_queries, known
):
    from anlan.operations.response.actions import end_response
    from anlan.operations.response.queries import activations

    for number in range(3):
        end_response(commander, Activation.objects.latest("id").pk, "水退了", clear_open=True)
        known.alerts[20 + number] = replace(known.alerts[7], id=20 + number, first_id=20 + number)
        sign_activation(commander, propose(20 + number))
        assign_shelters(Activation.objects.latest("id").pk)
    with django_assert_max_num_queries(6):
        assert len(activations()) == 4
