"""Signed one-time links, tried by a stranger with a pencil: alter, cut, extend, wait."""

import base64
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlan.operations.messaging.rules import (
    LinkExpired,
    LinkForged,
    make_token,
    read_token,
)
from anlan.vocabulary.clock import CHINA
from anlan.vocabulary.throttle import Throttle

KEY = b"k" * 50
CODE = "0123456789abcdef"
NOW = datetime(2020, 8, 19, 17, 31, tzinfo=CHINA)
ENDS = NOW + timedelta(hours=24)


def test_a_link_opens_its_own_delivery_until_it_expires():
    token = make_token(KEY, CODE, ENDS)
    assert read_token(KEY, token, NOW) == CODE
    assert read_token(KEY, token, ENDS - timedelta(seconds=1)) == CODE


def test_an_expired_link_says_so_from_its_very_second():
    token = make_token(KEY, CODE, ENDS)
    with pytest.raises(LinkExpired):
        read_token(KEY, token, ENDS)


@pytest.mark.parametrize("position", range(0, 32, 3))
def test_any_altered_character_is_a_forgery(position):
    token = make_token(KEY, CODE, ENDS)
    other = "A" if token[position] != "A" else "B"
    with pytest.raises(LinkForged):
        read_token(KEY, token[:position] + other + token[position + 1 :], NOW)


def test_a_later_expiry_written_in_by_hand_is_a_forgery():
    raw = bytearray(base64.urlsafe_b64decode(make_token(KEY, CODE, ENDS)))
    raw[8:12] = int((ENDS + timedelta(days=365)).timestamp()).to_bytes(4, "big")
    with pytest.raises(LinkForged):
        read_token(KEY, base64.urlsafe_b64encode(bytes(raw)).decode(), NOW)


def test_another_installations_link_is_a_forgery():
    with pytest.raises(LinkForged):
        read_token(b"x" * 50, make_token(KEY, CODE, ENDS), NOW)


@given(st.text(max_size=64))
def test_no_text_at_all_breaks_the_check(text):
    with pytest.raises(LinkForged):
        read_token(KEY, text, NOW)


def test_guessing_is_slowed_down_and_forgotten_after_the_minute():
    throttle = Throttle(3, 60)
    assert [throttle.allow("10.0.0.9", NOW) for _ in range(4)] == [True, True, True, False]
    assert throttle.spent("10.0.0.9", NOW)
    assert throttle.allow("10.0.0.10", NOW)
    assert throttle.allow("10.0.0.9", NOW + timedelta(seconds=61))
