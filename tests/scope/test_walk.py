"""Every address as every role and sector: who gets in, what a look changes, what a page carries."""

import pytest
from tests.lived_in.house import BOTH
from tests.scope.addresses import Known, every_address
from tests.scope.walk import NOBODY, STREAMS, telephones, walk

from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.people.rules import ROLES, Reach

pytestmark = [BOTH, pytest.mark.slow]

# Open to everybody, and why; anything else without a right is an oversight.
PUBLIC = {
    "login": "how a person gets in",
    "logout": "closes one's own session",
    "set_language": "a cookie of one's own browser",
    "theme": "a cookie of one's own browser",
    "password": "one's own password; without an account to the login",
    "frame": "401 without an account; what it holds depends on the account's rights",
    "live": "401 without an account; says only that something happened",
    "map-base": "place names and relief, drawn on a household's page too",
    "map-hillshade": "relief, drawn on a household's page too",
    "fieldwork-worker": "a file of the built pages, at an address of its own",
    "receipt": "the signed link is the authority",
    "receipt_opened": "the signed link is the authority",
    "hotline-report": "anybody may report; nothing is shown",
    "hotline-report-hazard": "anybody may report; nothing is shown",
    "hotline-report-at": "the signed place of a QR code",
    "hotline-follow": "the code of a report is the authority",
    "hotline-withdraw": "the code of a report is the authority",
    "published-providers": "names, qualifications and means of ratings, without a single word",
    "published-evaluations": "summaries are published for everybody, and name no party",
    "penalties": "penalty decisions are published for everybody, without personal data",
    "supervisions": "notices of listed supervision are published for everybody, and name no person",
    "enforcement-public": "who enforces, by which law and how is published for everybody",
    "api:openapi-json": "the interface's description",
    "api:api-root": "answers 404",
}
# A street elsewhere in the district sees these too: they are the whole district's.
DISTRICT_WIDE = {
    "campaign": "a campaign of the bureau's concerns every street; each sees its own of the list",
    "api:campaign_of_source": "a campaign of the bureau's concerns every street",
    "api:bring_campaign": "read at the same address",
    "campaign-export": "a campaign of the bureau's concerns every street",
    "station": "the river's gauges serve the district",
    "station-export": "the river's gauges serve the district",
    "device-orders": "the river's gauges serve the district",
    "pictures": "the river's gauges serve the district",
    "picture": "the river's gauges serve the district",
    "station-rules": "the river's gauges serve the district",
    "flagged": "the river's gauges serve the district",
    "flagged-export": "the river's gauges serve the district",
    "api:series": "the river's gauges serve the district",
    "forecast": "the crest concerns the whole reach",
    "stage-tile": "the stages of the whole reach",
    "depth": "the crest concerns the whole reach",
    "water-tile": "the crest concerns the whole reach",
    "water-most": "the crest concerns the whole reach",
    "water-words": "the crest concerns the whole reach",
    "extent": "the crest concerns the whole reach",
    "band": "the crest concerns the whole reach",
    "api:forecast": "the crest concerns the whole reach",
    "indicator": "names and targets are the district's, figures are one's own",
    "api:indicator": "names and targets are the district's, figures are one's own",
    "provider": "the register of providers is the district's, engagements are one's own",
    "api:insurance_provider": "the register of providers is the district's",
    "api:bring_provider": "read at the same address",
    "new-engagement": "a provider may be engaged from any street",
    "check-item": "the item library is the district's",
    "api:check_item": "the item library is the district's",
    "api:bring_check_item": "read at the same address",
    "map-terrain": "relief",
    "patrols-map": "the board's map is drawn from what the account may see",
    "map-layer": "a layer is drawn from what the account may see",
}
# A town that the flood of the evening does not touch, and its duty office.
BESIDE, FAR_TOWN = "fenghuang", "500106105"


def none(found):
    """Nothing was found; else every line of it is said."""
    lines = list(found)
    assert not lines, "\n".join(lines)


@pytest.fixture(scope="module")
def known(_house_of_module):
    open_account(
        PLATFORM,
        NewAccount(username=BESIDE, password="a long password of a test", display_name="凤凰镇",
                   role="township", organisation_code=FAR_TOWN, area_code=FAR_TOWN),
    )  # fmt: skip
    return Known(_house_of_module)


@pytest.fixture(scope="module")
def visits(known):
    secrets = telephones()
    assert len(secrets) > 1000
    return [visit for who in [NOBODY, *walkers(), BESIDE] for visit in walk(known, who, secrets)]


def walkers():
    """The first account of each role and sector: a second has the same doors."""
    found = {}
    for account in Account.objects.exclude(username=BESIDE).order_by("id"):
        scope = scope_of(account)
        found.setdefault((scope.role, scope.reach, scope.sector), account.username)
    return found.values()


def test_every_role_walks(visits):
    assert {v.scope.role for v in visits} == {"", *ROLES}


def test_every_address_is_walked(visits):
    walked = {v.address.name for v in visits}
    assert walked == {a.name for a in every_address() if a.view not in STREAMS}


def test_every_address_asks_for_a_right_or_is_public_for_a_stated_reason():
    without = {a.name for a in every_address() if a.right is None}
    assert without == set(PUBLIC)


def test_every_right_that_an_address_asks_for_is_held_by_somebody():
    held = {right for role in ROLES.values() for right in role.rights}
    assert {a.right for a in every_address() if a.right} <= held


def test_nothing_fails(visits):
    none(str(v) for v in visits if v.status >= 500)


def test_nobody_is_sent_to_the_login(visits):
    wrong = []
    for v in visits:
        if v.who == NOBODY and v.address.right and v.status != 405:
            expected = v.status == 401 if v.address.api else _is_login(v)
            wrong += [] if expected else [str(v)]
    none(wrong)


def _is_login(v):
    return v.status == 302 and v.headers["Location"].startswith("/login?next=")


def test_a_right_opens_the_door_and_nothing_else_does(visits):
    wrong = []
    for v in visits:
        if v.who == NOBODY or not v.right or v.status == 405:
            continue
        if not v.scope.may(v.right):
            wrong += [f"{v}, without {v.right}"] * (v.status != 403)
        else:
            alone = v.address.name in SENDERS_ALONE | SETTERS_ALONE
            guest = v.scope.role in GUESTS
            all_of_it = v.scope.reach is Reach.DISTRICT and not (alone or guest)
            opened = (200, 204) if all_of_it else (200, 204, 404)
            opened += (302,) * (v.address.name in LEADS_ON)
            wrong += [f"{v}, holds {v.right}"] * (v.status not in opened)
    none(wrong)


def test_what_is_another_streets_is_not_there(visits):
    wrong = []
    for v in visits:
        if v.who == BESIDE and v.address.parameters and v.scope.may(v.right or ""):
            hidden = v.status in (404, 405)
            wide = v.address.name in DISTRICT_WIDE
            wrong += [str(v)] * (hidden == wide)
    none(wrong)


def test_a_street_sees_what_is_its_own(visits):
    wrong = [
        str(v) for v in visits
        if v.who == "ciqikou" and v.address.parameters and v.scope.may(v.right or "")
        and v.status == 404 and v.address.name not in NOT_A_STREETS
    ]  # fmt: skip
    none(wrong)


# Sees the cases that it was asked to review, or the rewards that it pays, and no others.
GUESTS = {"review_expert", "finance"}
# A file is seen by who sent it or asked for it, whatever the reach of others.
SENDERS_ALONE = {
    "enterprise-file", "risks-sent-file", "discretion-file", "inspectors-file",
    "year-works-file", "policies-file", "providers-file", "commendations-file",
    "holdings-file", "pipelines-file", "sections-file", "wastes-file", "movements-file",
    "officer-appraisal", "interference",
    "report-of-period", "report-pdf", "report-workbook", "api:period_report",
    "api:period_report_as",
}  # fmt: skip
# A work is amended by the unit that set it, here Ciqikou street.
SETTERS_ALONE = {"amend-year-work"}
# Who works for one enterprise is led to its form at once.
LEADS_ON = {"choose-post-enterprise"}
# Of the whole district, and above a street's sight.
NOT_A_STREETS = {"incident", "report", "api:incident", "list-enterprise"}


def test_a_look_changes_no_row(visits):
    none(f"{v}: {v.writes}" for v in visits if v.writes)


def test_every_answer_carries_the_content_security_policy(visits):
    lacking = [str(v) for v in visits if "Content-Security-Policy" not in v.headers]
    none(lacking)
    assert all("unsafe-eval" not in v.headers["Content-Security-Policy"] for v in visits)


def test_no_page_shows_a_persons_telephone_number(visits):
    """A household's own page gives the grid worker's number: that is what it is for."""
    shown = [v for v in visits if v.telephones and v.address.name != "receipt"]
    none(f"{v}: {sorted(v.telephones)[:3]}" for v in shown)


def test_every_page_of_an_exercise_says_so(visits):
    pages = [v for v in visits if v.whole_page]
    assert len(pages) > 200
    none(str(v) for v in pages if not v.exercise_band)
