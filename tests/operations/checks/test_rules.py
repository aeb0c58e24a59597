"""Lists out of the library, and what an answer must hold."""

import pytest

from anlan.operations.checks.rules.answers import Answer, counted, judge
from anlan.operations.checks.rules.library import ENFORCEMENT, SELF, Item, Kind, listed
from anlan.vocabulary.transitions import Refused


def item(code, **said):
    values = {"weight": "plain", "cycle": "daily", "uses": "all"} | said
    return Item(id=1, code=code, version=1, text=code, basis="", clause="", method="", **values)


KEY, PLAIN = item("k", weight="key"), item("p")


@pytest.mark.parametrize(
    ("said", "kind", "fits"),
    [
        ({}, Kind("industry"), True),
        ({"sector": "chemical"}, Kind("industry"), False),
        ({"trait": "dust"}, Kind("industry", frozenset({"dust"})), True),
        ({"trait": "dust"}, Kind("industry"), False),
        ({"trade": "33"}, Kind("industry", trade="3360"), True),
        ({"trade": "33"}, Kind("industry", trade="2911"), False),
        ({"level": 2}, Kind("industry", level=1), True),
        ({"level": 2}, Kind("industry", level=3), False),
        ({"level": 2}, Kind("industry"), True),
    ],
)
def test_an_item_is_on_the_lists_of_whom_it_fits(said, kind, fits):
    assert bool(listed([item("a", **said)], kind, SELF)) is fits


def test_a_list_serves_its_use_and_cycle_with_key_items_first():
    items = [item("a"), item("b", weight="key"), item("c", cycle="weekly"),
             item("d", uses="authority")]  # fmt: skip
    codes = lambda *asked: [one.code for one in listed(items, Kind("x"), *asked)]  # noqa: E731
    assert codes(SELF, "daily") == ["b", "a"]
    assert codes(ENFORCEMENT) == ["b", "a", "c", "d"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"k": Answer("ok", confirmed=True)}, "Not answered: p."),
        ({"k": Answer("ok"), "p": Answer("ok")}, "A key item is confirmed by itself: k."),
        ({"k": Answer("na", confirmed=True), "p": Answer("ok")}, "Say in a few words"),
        ({"k": Answer("ok", confirmed=True), "p": Answer("not_ok")}, "Say in a few words"),
        ({"k": Answer("ok", confirmed=True), "p": Answer("fine")}, "Not answered: p."),
        ({"k": Answer("ok", confirmed=True), "p": Answer("ok", "x" * 501)}, "At most 500"),
        ({"k": Answer("ok", confirmed=True), "p": Answer("ok"), "z": Answer("ok")}, "Not on the"),
    ],
)
def test_a_check_that_says_too_little_is_none(given, why):
    with pytest.raises(Refused, match=why):
        judge([KEY, PLAIN], given)


def test_a_whole_check_is_one():
    given = {"k": Answer("ok", confirmed=True), "p": Answer("na")}
    judge([KEY, PLAIN], given)
    assert counted(given) == {"ok": 1, "not_ok": 0, "na": 1}
