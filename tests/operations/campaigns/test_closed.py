"""An enterprise that is closed owes a campaign nothing; one that opens again owes as before."""

from datetime import date, datetime

import pytest
from tests.operations.campaigns.conftest import Led

from anlan.operations.campaigns.actions import closed, let_go_of_closed
from anlan.operations.campaigns.models import Entry, EntryStep
from anlan.operations.campaigns.queries import progress
from anlan.operations.deadlines.queries import desk
from anlan.operations.people.actions import relay_events
from anlan.operations.safety.actions import correct_enterprise
from anlan.operations.safety.actions.enterprises import end_membership
from anlan.operations.safety.models import Enterprise
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.transitions import Refused

pytestmark = pytest.mark.django_db(databases="__all__")
WHAT = "改湿式除尘（专项整治）"


def becomes(people, works, **said):
    correct_enterprise(people["street"].actor, works, said)
    relay_events()


def on_desks(people):
    found = {name: [item.title for item in desk(one.scope)] for name, one in people.items()}
    return {name: titles for name, titles in found.items() if titles}


def counted(people):
    (one,) = progress(people["officer"].scope)
    return one.listed, one.late


def test_it_leaves_list_and_desks_on_the_day_it_closes_and_owes_again_when_it_opens(
    people, works, led
):
    pk = led.put(works)
    led.take("manager", pk, "begin")
    clock.use(DrillClock(datetime(2026, 4, 2, 9, tzinfo=CHINA)))  # due until 31 March
    assert counted(people) == (1, 1)
    assert on_desks(people)["manager"] == [WHAT]
    becomes(people, works, state="closed")
    assert (on_desks(people), counted(people)) == ({}, (0, 0))
    page = people["officer"].browser.get(f"/campaigns/entries/{pk}").content.decode()
    assert "发现企业已关闭" in page
    assert "已移出" in page
    becomes(people, works, state="open")
    assert Entry.objects.get(pk=pk).state == "UNDERWAY"
    assert (on_desks(people)["manager"], counted(people)) == ([WHAT], (1, 1))
    becomes(people, works, name="鑫源五金厂二厂")
    assert EntryStep.objects.filter(entry=pk).count() == 4, "nothing more happened"


def test_what_was_to_close_and_is_closed_waits_for_the_leading_unit_to_accept(people, works, led):
    pk = led.put(works, measure="close", what="关闭退出")
    becomes(people, works, state="closed")
    assert on_desks(people) == {"officer": ["验收：关闭退出"]}
    led.take("officer", pk, "accept", words="现场已断电清空")
    assert (Entry.objects.get(pk=pk).state, on_desks(people)) == ("ACCEPTED", {})


def test_who_is_closed_is_not_listed(people, works, led):
    """It would stand on nobody's desk, and the campaign could not end."""
    becomes(people, works, state="closed")
    with pytest.raises(Refused, match="is closed"):
        led.put(works)
    assert not Entry.objects.exists()


def test_it_is_not_owed_again_where_the_campaign_is_over_or_lists_it_anew(people, works, led):
    pk = led.put(works)
    becomes(people, works, state="closed")
    Entry.objects.create(
        campaign_id=led.pk, enterprise_id=works, unit="x", area_code="500106004001",
        sector="industry", measure="move", what="搬迁", due_on=date(2026, 4, 30),
        listed_at=clock.now(), state="ACCEPTED",
    )  # fmt: skip
    becomes(people, works, state="open")
    assert Entry.objects.get(pk=pk).state == "DROPPED"


def test_it_goes_to_the_desk_of_the_street_where_the_enterprise_lies_now(people, works, led):
    led.put(works)
    end_membership(people["street"].actor, works, people["manager"].account.pk)
    assert set(on_desks(people)) == {"industry", "street", "grid"}
    becomes(people, works, area_code="500106002")
    assert set(on_desks(people)) == {"industry", "other_street"}


def test_a_step_that_is_taken_while_the_platform_follows_the_closing_is_not_undone(
    people, works, led, monkeypatch
):
    """The leading unit takes the second entry off its list while the first one is being shut."""
    first, second = led.put(works), Led(people).put(works)
    shut = closed.finish

    def finish(*args, **kwargs):
        shut(*args, **kwargs)
        if args[1].pk == first:
            led.take("officer", second, "drop", words="另行立案")

    monkeypatch.setattr(closed, "finish", finish)
    becomes(people, works, state="closed")
    said = EntryStep.objects.filter(entry__in=(first, second)).order_by("pk")
    steps = [(one.entry_id, one.verb) for one in said if one.verb != "list"]
    assert steps == [(first, "shut"), (second, "drop")]


def test_what_an_enterprise_owed_that_was_closed_before_leaves_the_list_by_the_hour(
    people, works, led, django_assert_num_queries
):
    """As an older version left it: closed, and on the list and the manager's desk still."""
    pk, other = led.put(works), Led(people).put(works, measure="close", what="关闭退出")
    Enterprise.objects.filter(pk=works).update(state="closed")
    assert set(on_desks(people)) == {"manager"}
    assert let_go_of_closed() == 2
    assert (Entry.objects.get(pk=pk).state, Entry.objects.get(pk=other).state) == (
        "DROPPED", "SUBMITTED")  # fmt: skip
    assert on_desks(people) == {"officer": ["验收：关闭退出"]}
    with django_assert_num_queries(1):
        assert let_go_of_closed() == 0
