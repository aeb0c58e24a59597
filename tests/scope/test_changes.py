"""What sends: never from another site, never without the right, never into another street."""

import html
import re

import pytest
from django.test import Client
from tests.lived_in.house import BOTH
from tests.scope.addresses import Known, every_address
from tests.scope.test_walk import BESIDE, DISTRICT_WIDE, FAR_TOWN, PUBLIC, none
from tests.scope.walk import STREAMS, changes, unexpected

from anlan.operations.people.actions import PLATFORM, NewAccount, open_account
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of

pytestmark = [BOTH, pytest.mark.slow]
METHODS = ("post", "put", "patch", "delete")
# The signed link itself is the authority: it is answered without a session.
BY_LINK = {"receipt", "receipt_opened"}
# A program's token is the authority: no cookie of a browser is looked at.
BY_TOKEN = {"api:push_readings"}
REFUSED = (302, 401, 403, 404, 405)


@pytest.fixture(scope="module")
def _known_of_module(_house_of_module):
    return Known(_house_of_module)


@pytest.fixture
def known(house, _known_of_module):
    """The things of the house, made once: each test is rolled back to them."""
    return _known_of_module


@pytest.fixture
def addresses():
    return [a for a in every_address() if a.view not in STREAMS]


def browser(who="", **options):
    client = Client(raise_request_exception=False, **options)
    if who:
        client.force_login(Account.objects.get(username=who))
    return client


SAID = {"text": "x", "people": 3, "words": "x", "note": "x"}


def send(client, address, path):
    """Say something there: a form to a page, JSON to the typed interface."""
    how = {"content_type": "application/json"} if address.api else {}
    return client.post(path, SAID, **how)


def test_no_other_site_can_send_anything(known, addresses):
    """Without the token of our own page, whatever the method and whoever is logged in."""
    client, wrong = browser("helan", enforce_csrf_checks=True), []
    for address in addresses:
        if address.name in BY_LINK | BY_TOKEN:
            continue
        for method in METHODS:
            with changes() as writes:
                answer = getattr(client, method)(known.path(address))
            if writes or answer.status_code not in (403, 404, 405):
                wrong.append(f"{method} {address.template}: {answer.status_code} {writes[:2]}")
    none(wrong)


@pytest.mark.parametrize(
    "who",
    ["", "qiye", "secadmin", "audadmin", "sysadmin", "wangge", "ciqikou", "shuili", "luoyuan"],
)
def test_without_the_right_nothing_is_sent(known, addresses, who):
    client = browser(who)
    scope = scope_of(Account.objects.get(username=who)) if who else None
    wrong = []
    for address in addresses:
        if address.name in PUBLIC or (scope and scope.may(address.right)):
            continue
        with changes() as writes:
            answer = send(client, address, known.path(address))
        if writes or answer.status_code not in REFUSED:
            wrong.append(f"{address.template}: {answer.status_code} {writes[:2]}")
    none(wrong)


def test_nothing_is_sent_into_another_street(known, addresses):
    open_account(
        PLATFORM,
        NewAccount(username=BESIDE, password="a long password of a test", display_name="凤凰镇",
                   role="township", organisation_code=FAR_TOWN, area_code=FAR_TOWN),
    )  # fmt: skip
    client, wrong = browser(BESIDE), []
    for address in addresses:
        if address.name in PUBLIC or address.name in DISTRICT_WIDE or not address.parameters:
            continue
        with changes() as writes:
            answer = send(client, address, known.path(address))
        if writes or answer.status_code not in REFUSED:
            wrong.append(f"{address.template}: {answer.status_code} {writes[:2]}")
    none(wrong)


@pytest.mark.parametrize("who", ["helan", "luoyuan", "ciqikou"])
def test_what_is_not_there_is_not_found(known, addresses, who):
    """A wrong number in an address is 404 to those who hold the right, and changes nothing."""
    client, wrong = browser(who), []
    scope = scope_of(Account.objects.get(username=who))
    for address in addresses:
        if not address.parameters or address.name in {"map-terrain", "receipt", "receipt_opened"}:
            continue
        if not scope.may(address.right or "") and address.right:
            continue
        values = known.values(address)
        for name in address.parameters:
            absent = 987654 if isinstance(values[name], int) else "no-such-thing"
            path = address.filled({**values, name: absent})
            for method in ("get", "post"):
                with changes() as writes:
                    answer = send(client, address, path) if method == "post" else client.get(path)
                if writes or answer.status_code not in (404, 405):
                    wrong.append(f"{method} {path}: {answer.status_code} {writes[:2]}")
    none(wrong)


NONSENSE = ("-1", "99999999999999999999", "不是数 <b>'\"%s{0}", "2020-13-45T99:00", "nan", "")


@pytest.mark.parametrize("value", NONSENSE)
def test_a_nonsense_question_is_answered_in_words(known, addresses, value):
    client, wrong = browser("helan"), []
    asked = dict.fromkeys(
        ("page", "state", "kind", "tab", "sort", "q", "code", "since", "until", "limit", "element",
         "lon", "lat", "km", "year", "theme", "part", "layers", "level", "reason", "device", "edit",
         "tier", "township", "owner"), value,
    )  # fmt: skip
    for address in addresses:
        path = known.path(address).partition("?")[0]
        with changes() as writes:
            answer = client.get(path, asked)
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        if unexpected(writes, kind) or answer.status_code >= 500:
            fault = (getattr(answer, "exc_info", None) or (None, ""))[1]
            wrong.append(f"{path}: {answer.status_code} {fault!r} {writes[:2]}")
    none(wrong)


FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.S)
FIELD = re.compile(r"<(?:input|textarea|select|button)\b[^>]*\bname=\"([^\"]+)\"", re.S)


def forms(client, known, addresses):
    """Every form on every page this browser may open: (address, its fields)."""
    found = {}
    for address in addresses:
        page = known.path(address)
        answer = client.get(page)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        for head, body in FORM.findall(answer.content.decode()):
            action = re.search(r'(?:action|hx-post)="([^"]*)"', head)
            if 'method="post"' in head or "hx-post" in head:
                target = html.unescape(action[1]) if action and action[1] else page
                found[target] = sorted(set(FIELD.findall(body)) - {"csrfmiddlewaretoken"})
    return found


@pytest.mark.parametrize("who", ["helan", "luoyuan", "ciqikou", "chenli"])
def test_a_form_filled_with_nonsense_is_answered_in_words(known, addresses, who):
    client, wrong = browser(who), []
    listed = forms(client, known, [a for a in addresses if a.name != "logout"])
    listed.pop("/logout", None)
    assert len(listed) > 3
    for value in NONSENSE:
        for target, fields in listed.items():
            answer = client.post(target, dict.fromkeys(fields, value))
            if answer.status_code >= 500:
                fault = getattr(answer, "exc_info", (None, ""))[1]
                wrong.append(f"{target} {fields} = {value!r}: {answer.status_code} {fault!r}")
    none(wrong)
