"""The district and the works of the safety room's tests, and a campaign of the bureau's."""

from datetime import date

import pytest
from tests.operations.safety.conftest import One, _people_of_module, district, people, works  # noqa: F401

from anlan.operations.campaigns import actions
from anlan.operations.campaigns.queries import person_of
from anlan.operations.safety.queries.persons import units
from anlan.operations.safety.queries.rows import enterprise_row


class Led:
    """A campaign, and who does what in it."""

    def __init__(self, everybody):
        self.people = everybody
        self.pk = actions.open_campaign(*self.who("officer"), actions.NewCampaign(
            title="高风险企业关搬改", basis="区安委〔2026〕1 号", lead=units()["bureau"],
            begins_on=date(2026, 3, 1), ends_on=date(2026, 6, 30),
        ))  # fmt: skip

    def who(self, name):
        one = self.people[name]
        return one.actor, person_of(one.scope)

    def put(self, works_id, name="officer", **changed):
        firm = enterprise_row(works_id, self.people["officer"].scope)
        said = {"enterprise": firm, "measure": "renovate", "what": "改湿式除尘",
                "due_on": date(2026, 3, 31)} | changed  # fmt: skip
        return actions.list_enterprise(*self.who(name), self.pk, actions.NewEntry(**said))

    def take(self, name, entry_id, verb, words="改好了", **given):
        actions.take_step(*self.who(name), entry_id, verb, words=words, **given)


@pytest.fixture
def led(people):  # noqa: F811
    return Led(people)
