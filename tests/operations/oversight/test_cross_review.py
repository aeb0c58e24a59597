"""Cross reviews 交叉评查: a bureau in which everybody had part closes its reviews by others."""

from datetime import date

import pytest

from anlan.operations.deadlines.queries import desk
from anlan.operations.enforcement.models import Case, CaseStep, Certificate
from anlan.operations.oversight import actions
from anlan.operations.oversight.models import Sampled
from anlan.operations.oversight.queries.reviews import (
    able_reviewers,
    facts_of,
    reviewer_of,
    sampled_in,
)
from anlan.operations.oversight.rules.loop import Sampled as Facts
from anlan.operations.oversight.rules.loop import verbs
from anlan.operations.oversight.rules.states import SAMPLED, State
from anlan.operations.people.models import Account
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused

from .conftest import PEOPLE, given

GUESTS = ("other_officer", "expert")


@pytest.fixture(autouse=True)
def certificate(people):
    """The other unit's officer is certified."""
    return Certificate.objects.create(
        account_id=people["other_officer"].id, holder="other_officer", number="证9", unit="fire",
        valid_from=date(2024, 5, 1), valid_to=date(2029, 4, 30), kept_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def small(people, drawn_case):
    """Everybody of the bureau had part in the case."""
    for name, (_role, unit) in PEOPLE.items():
        if unit == "bureau":
            CaseStep.objects.create(case=drawn_case.case, at=drawn_case.case.closed_at,
                                    verb="correct", after="ARCHIVED", by_id=people[name].id,
                                    by_name=name)  # fmt: skip
    return drawn_case


def named(people, sampled, *names):
    chosen = tuple(reviewer_of(people[n].id, "bureau", "500106") for n in names or GUESTS)
    actions.name_reviewers(people["leader"].doer, sampled.pk, chosen)


def test_the_table_of_a_case_that_two_of_other_units_review(people):
    part = frozenset(one.id for name, one in people.items() if PEOPLE[name][1] == "bureau")
    both = frozenset(people[name].id for name in GUESTS)
    guests, leads = set(GUESTS), {"legal", "legal_two", "leader", "deputy"}
    who = {"name reviewers": leads, "score": guests, "send the faults": guests,
           "answer": {"officer", "partner", "third"}, "return": guests,
           "close": guests}  # fmt: skip
    for step in SAMPLED.steps:
        for state in State:
            faults = 0 if step.verb == "close" else 1
            ready = Facts(state=state, unit="bureau", people=part, reviewers=both, faults=faults)
            able = {name for name in PEOPLE if step.verb in verbs(ready, people[name].person)}
            assert able == (who[step.verb] if state in step.sources else set()), step.verb


def test_a_small_bureau_has_its_cases_reviewed_and_closed_by_others(people, small):
    assert not [one for one in able_reviewers(facts_of(small), "bureau", "500106")
                if one.organisation_code == "bureau"]  # fmt: skip
    named(people, small)
    first, second = GUESTS
    assert any(one.kind == "sampled" for one in desk(people[first].scope))
    actions.score(people[first].doer, small.pk, given(small, ("filing",)))
    actions.score(people[second].doer, small.pk, given(small))
    for name in ("legal", "legal_two", "leader", "deputy", "other_legal"):
        with pytest.raises(Refused):
            actions.send_faults(people[name].doer, small.pk)
    assert [one.kind for one in desk(people[second].scope)] == ["sampled"]
    actions.send_faults(people[second].doer, small.pk)
    fault = Sampled.objects.get(pk=small.pk).faults.get()
    with pytest.raises(Refused, match="unit that reviews"):
        actions.answer_fault(people[first].doer, small.pk, fault.pk, "改")
    actions.answer_fault(people["officer"].doer, small.pk, fault.pk, "已补页")
    actions.close(people[first].doer, small.pk)
    assert Sampled.objects.get(pk=small.pk).state == State.CLOSED
    assert not [one for name in GUESTS for one in desk(people[name].scope)]


def test_a_reviewer_of_another_unit_reads_that_case_and_nothing_else_of_the_unit(people, small):
    named(people, small)
    browser, pk = people["other_officer"].browser, small.case_id
    for address in (f"/cases/sampled/{small.pk}", f"/cases/{pk}", "/cases/reviews"):
        assert browser.get(address).status_code == 200, address
    other = Case.objects.exclude(pk=pk).filter(unit="bureau").first()
    sibling = small.review.cases.exclude(pk=small.pk).first()
    for address in (f"/cases/{other.pk}", f"/cases/reviews/{small.review_id}",
                    f"/cases/sampled/{sibling.pk}"):  # fmt: skip
        assert browser.get(address).status_code == 404, address
    for address in (f"/cases/{pk}/party", f"/cases/{pk}/step"):
        assert browser.post(address, {"verb": "investigate"}).status_code == 404, address
    assert small.number not in browser.get("/cases?view=").content.decode()
    assert not sampled_in(people["other_legal"].scope).exists()
    Sampled.objects.filter(pk=small.pk).update(state=State.CLOSED)
    assert browser.get(f"/cases/{pk}").status_code == 404


def test_an_officer_of_another_unit_holds_a_valid_certificate_and_had_no_part(people, drawn_case):
    Certificate.objects.filter(holder="other_officer").update(valid_to=date(2026, 3, 1))
    with pytest.raises(Refused, match="no valid certificate"):
        named(people, drawn_case)
    Certificate.objects.filter(holder="other_officer").update(valid_to=date(2026, 3, 2))
    CaseStep.objects.create(case=drawn_case.case, at=drawn_case.case.closed_at, verb="discuss",
                            after="X", by_id=None, said={"present": "甲、expert"})  # fmt: skip
    with pytest.raises(Refused, match="had part"):
        named(people, drawn_case)
    Account.objects.filter(username="expert").update(is_active=False)
    with pytest.raises(Refused, match="of this unit or of others"):
        named(people, drawn_case)
    named(people, drawn_case, "other_officer", "third")


def test_the_form_offers_those_of_other_units_behind_the_units_own(people, drawn_case):
    page = people["leader"].browser.get(f"/cases/sampled/{drawn_case.pk}").content.decode()
    for name in ("third", "legal_two", *GUESTS, "other_legal"):
        assert f'value="{people[name].id}"' in page, name
    assert page.index(f'value="{people["third"].id}"') < page.index(
        f'value="{people["expert"].id}"'
    )
