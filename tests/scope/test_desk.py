"""Whose desk shows what; and the standing that every page says."""

import pytest
from django.test import Client
from tests.lived_in.house import BOTH

from anlan.operations.deadlines.models import WorkItem
from anlan.operations.people.models import Account
from anlan.operations.people.rules import ROLES, Reach
from anlan.operations.safety.models import Membership

pytestmark = BOTH


@pytest.fixture
def at(house):
    def open_page(who, path, **headers):
        client = Client(headers=headers)
        client.force_login(Account.objects.get(username=who))
        return client.get(path)

    return open_page


def belongs(item, account, now):
    """Written from the rule book: the right, the unit or the territory, nobody else's own.

    Another unit's comes up to the district when it is late. What was handed up stays with those
    who had it. What nobody owns of an enterprise's duties is all its people's, and where none of
    them may do it, the authority's whose right stands next above.
    """
    if _has_nobody(item) and _is_above(item, account):
        return True
    before = ((one.right, one.area_code) for one in item.former_holders.all())
    holders = [(item.right, item.area_code), *before]
    return any(_holds(item, right, area, account, now) for right, area in holders)


def _has_nobody(item):
    if item.enterprise is None or (item.owner_id is not None and item.owner.is_active):
        return False
    works = Membership.objects.filter(enterprise=item.enterprise, until=None)
    people = Account.objects.filter(pk__in=works.values("account"), is_active=True)
    return not any(item.right in ROLES[one.role].rights for one in people)


def _is_above(item, account):
    role = ROLES[account.role]
    above = item.chain[0] if item.chain else ""
    if item.done_at is not None or role.reach is Reach.ITSELF or above not in role.rights:
        return False
    if item.unit:
        return item.unit == account.organisation_code
    if role.reach is Reach.DISTRICT:
        return item.area_code == account.area_code
    its_sector = role.reach is not Reach.SECTOR or item.sector in ("", account.sector)
    return item.area_code.startswith(account.area_code) and its_sector


def _holds(item, right, area_code, account, now):
    role = ROLES[account.role]
    anywhere = role.reach is Reach.ITSELF or account.area_code
    if item.done_at is not None or right not in role.rights or not anywhere:
        return False
    if item.owner_id is not None and item.owner.is_active:
        return item.owner_id == account.pk
    if role.reach is Reach.ITSELF:
        works = Membership.objects.filter(account=account, until=None)
        return works.filter(enterprise=item.enterprise).exists()
    if item.unit and item.unit == account.organisation_code:
        return True
    late = item.due_at is not None and item.due_at < now
    if item.unit and not (late and role.reach is Reach.DISTRICT):
        return False
    its_sector = role.reach is not Reach.SECTOR or item.sector in ("", account.sector)
    return area_code.startswith(account.area_code) and its_sector


def test_a_desk_shows_exactly_what_its_account_may_do(house, at):
    items = list(WorkItem.objects.prefetch_related("former_holders"))
    filled = 0
    for account in Account.objects.all():
        if "duty.desk" in ROLES[account.role].rights:
            shown = {row.key for row in at(account.username, "/").context["items"]}
            assert shown == {i.key for i in items if belongs(i, account, house.now)}, (
                account.username
            )
            filled += bool(shown)
    assert filled >= 5


def test_the_desk_is_in_order_of_urgency(house, at):
    due = [row.due_at for row in at("chenli", "/").context["items"]]
    dated = [one for one in due if one is not None]
    assert len(dated) > 3
    assert dated == sorted(dated)
    assert due == [*dated, *[None] * (len(due) - len(dated))]


def test_two_streets_share_no_item(house, at):
    first = {row.key for row in at("ciqikou", "/").context["items"]}
    second = {row.key for row in at("shapingba", "/").context["items"]}
    assert first
    assert second
    assert not first & second


def test_real_work_carries_no_band(house, at, settings):
    settings.ANLAN_STANDING = "Actual"
    for path in ("/", "/command", "/alerts", "/map", "/login"):
        assert 'class="al-exercise"' not in at("helan", path).content.decode()


def test_a_test_is_said_to_be_one(house, at, settings):
    settings.ANLAN_STANDING = "Test"
    assert 'class="al-exercise"' in at("helan", "/").content.decode()


@pytest.mark.parametrize("who", ["helan", "ciqikou", "qiye"])
def test_a_page_that_is_not_there_is_ours_and_guarded(house, at, who):
    answer = at(who, "/no/such/page")
    assert answer.status_code == 404
    assert "Content-Security-Policy" in answer.headers
    assert "al-" in answer.content.decode()
