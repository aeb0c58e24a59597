"""Bytes at the gateway that are no frames of ours: kept, named, not acknowledged, nothing moved."""

import contextlib
import socket
import sqlite3
import time
from datetime import UTC, timedelta

import pytest
from tests.lived_in.house import BOTH

from anlan.operations.sensing.rules.masked import shown
from anlan.protocols import sl651
from anlan.simulators.sl651_station import Sl651Station
from anlan.vocabulary import clock
from anlan.vocabulary.elements import Element

pytestmark = BOTH
CIQIKOU, PASSWORD = "5001060001", 4660
STRANGER = "5001069999"
# Only the book of what could not be taken may grow.
BOOK = {"sensing_badframe"}


def frame(device=CIQIKOU, password=PASSWORD, stage=186.20, at=None):
    """A real station's report of its stage, as bytes."""
    station = Sl651Station("127.0.0.1", 0, device, password)
    observed = at or clock.now().replace(second=0, microsecond=0)
    return bytearray(sl651.encode(station.report(observed, {Element.STAGE: stage})))


def wrong_check():
    bytes_ = frame()
    bytes_[-1] ^= 0xFF
    return bytes_


def corrupt():
    """One figure of the stage, flipped on the line."""
    bytes_ = frame()
    bytes_[-8] ^= 0x10
    return bytes_


def say(running, content, patience_s=1.0):
    """Send bytes on a line of their own; what came back before the patience was over."""
    heard = b""
    with socket.create_connection(("127.0.0.1", running.gateway_port), timeout=5) as line:
        line.sendall(bytes(content))
        line.settimeout(patience_s)
        try:
            while part := line.recv(4096):
                heard += part
        except TimeoutError:
            pass
    return heard


def acknowledged(answer):
    """Whether the centre said that it has taken the report."""
    found = sl651.Sl651Decoder().feed(answer) if answer else []
    return any(isinstance(m, sl651.Message) and m.end != sl651.Control.NAK for m in found)


BAD = {
    "wrong check": (wrong_check, "Wrong check code"),
    "corrupt": (corrupt, "Wrong check code"),
    "unknown station": (lambda: frame(STRANGER), "Unknown station"),
    "wrong password": (lambda: frame(password=1), "Wrong password"),
    "no frame at all": (lambda: b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "Not a frame"),
    "broken off": (lambda: frame()[:-10], "Broken off"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_bytes_are_named_and_move_nothing(house, running, watch, browser, kind):
    make, word = BAD[kind]
    content = make()
    officer, keeper = browser("chenli"), browser("sysadmin")
    before = officer.get("/stations/ciqikou").text
    touched = watch()
    assert not acknowledged(say(running, content))
    raw = shown("sl651", bytes(content).hex().upper())
    page = _until_listed(keeper, f"{raw}</code>")
    assert word in page
    assert touched() == BOOK
    assert _stage(officer.get("/stations/ciqikou").text) == _stage(before)


def _until_listed(keeper, raw):
    for _ in range(40):
        page = keeper.get("/devices/bad-frames").text
        if raw in page:
            return page
        time.sleep(0.25)  # noqa: TID251 - the other process records it
    raise AssertionError(f"{raw} never appeared on the page of bad frames")


def _stage(page):
    start = page.index("<h1")
    return page[start : page.index("</h1>", start)]


def test_each_kind_has_its_own_word_in_chinese(house, running, browser):
    for make, _word in BAD.values():
        say(running, make(), patience_s=0.3)
    page = browser("sysadmin", language="zh-hans").get("/devices/bad-frames").text
    for word in ("校验码不对", "站号没有登记", "密码不对"):
        assert word in page


def test_after_all_that_an_honest_frame_is_taken(house, running):
    at = clock.now().replace(second=0, microsecond=0) - timedelta(minutes=1)
    assert acknowledged(say(running, frame(stage=186.21, at=at)))
    for _ in range(40):
        if _kept(running, at):
            return
        time.sleep(0.25)  # noqa: TID251 - the other process records it
    raise AssertionError("an acknowledged reading never reached the database")


def _kept(running, at):
    with contextlib.closing(sqlite3.connect(running.folder / "readings.sqlite3")) as file:
        sql = "SELECT count(*) FROM sensing_reading WHERE at = ? AND value = 186.21"
        moment = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
        return file.execute(sql, (moment,)).fetchone()[0] == 1
