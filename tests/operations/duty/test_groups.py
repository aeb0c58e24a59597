"""How the desk parts what waits: by how soon it is due, and what has no deadline last."""

from datetime import datetime, timedelta

from anlan.operations.deadlines.queries import DeskItem
from anlan.operations.duty.views import groups
from anlan.vocabulary.clock import CHINA

NOW = datetime(2026, 11, 29, 3, 0, tzinfo=CHINA)


def item(minutes):
    due = None if minutes is None else NOW + timedelta(minutes=minutes)
    return DeskItem("k", "kind", "t", "", "", "/", "500106", NOW, due, minutes, 0)


def test_work_due_in_four_days_is_not_said_to_have_no_deadline():
    parted = groups([item(-5), item(30), item(31), item(1440), item(5 * 1440), item(None)])
    assert [[row.minutes_left for row in rows] for _name, rows in parted] == [
        [-5, 30], [31, 1440], [5 * 1440], [None],
    ]  # fmt: skip


def test_an_empty_part_is_left_out():
    ((_name, rows),) = groups([item(None)])
    assert len(rows) == 1
