"""Dangers of the quarter that ended last, for whoever tries the platform: found, rectified, closed.

Each through the real steps, with the clock standing at the day of the step.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from PIL import Image

from anlan.operations.people.actions import Actor
from anlan.operations.safety.actions.find import (
    Assignment,
    Find,
    assign_danger,
    find_danger,
    grade_danger,
)
from anlan.operations.safety.actions.photos import add_photo
from anlan.operations.safety.actions.recheck import accept_danger, close_danger
from anlan.operations.safety.actions.rectify import begin_rectification, submit_rectification
from anlan.operations.safety.models import Danger, Enterprise
from anlan.operations.safety.rules.loop import Person
from anlan.operations.safety.rules.states import Grade, Source
from anlan.vocabulary import clock

Doer = tuple[Actor, Person]
DAYS_GIVEN = 10
# Key, what, where, found so many days after the quarter began, closed so many after it was found.
PAST = (
    ("press", "2 号冲床急停按钮失灵", "冲压车间", 12, 4),
    ("cable", "临时用电线路未穿管保护", "A3 抛光间", 47, 12),
    ("dust", "除尘管道缺一个月清灰记录", "抛光间除尘系统", 75, 10),
    ("exit", "成品库南侧安全出口上锁", "成品库", 87, 9),
)
OTHERS = (("grinder", "砂轮机防护罩缺失", "机加工车间", 30, 6),)


def quarter_before(today: date) -> date:
    """The first day of the quarter that ended last.

    >>> quarter_before(date(2026, 2, 3))
    datetime.date(2025, 10, 1)
    """
    last = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
    return last.replace(month=last.month - 2, day=1)


def close_past(
    firm: Enterprise, regulator: Doer, rectifier: Doer,
    rows: tuple[tuple[str, str, str, int, int], ...],
) -> None:  # fmt: skip
    """The firm was in the register when the quarter began, and these were closed since."""
    began = quarter_before(clock.today())
    Enterprise.objects.filter(pk=firm.pk).update(registered_at=_morning(began))
    for number, (key, title, place, after, days) in enumerate(rows):
        found, closed = began + timedelta(days=after), began + timedelta(days=after + days)
        if closed < clock.today() and not Danger.objects.filter(key=f"demo-past-{key}").exists():
            with _on(found):
                pk = find_danger(*regulator, Find(
                    key=f"demo-past-{key}", title=title, place=place, source=Source.INSPECTION,
                    enterprise_id=firm.pk, area_code=firm.area_code, sector=firm.sector,
                ))  # fmt: skip
                _hand_over(regulator, rectifier, pk, found)
            with _on(closed):
                _rectify(regulator, rectifier, pk, number)


def _hand_over(regulator: Doer, rectifier: Doer, pk: int, found: date) -> None:
    grade_danger(*regulator, pk, grade=Grade.GENERAL)
    assign_danger(*regulator, pk, Assignment(
        rectifier=rectifier[1].id, rectifier_name=rectifier[0].label,
        supervisor=regulator[1].id, supervisor_name=regulator[0].label,
        due_on=found + timedelta(days=DAYS_GIVEN),
    ))  # fmt: skip
    begin_rectification(*rectifier, pk)


def _rectify(regulator: Doer, rectifier: Doer, pk: int, number: int) -> None:
    for moment, shade in (("before", 90), ("after", 190)):
        add_photo(rectifier[0], pk, moment, _picture(shade + number))
    submit_rectification(*rectifier, pk, report="已整改，附照片。")
    accept_danger(*regulator, pk, finding="现场复查，已整改到位。")
    close_danger(*regulator, pk)


def _picture(shade: int) -> bytes:
    """A plain grey picture in the place of an invented photo."""
    sink = io.BytesIO()
    Image.new("RGB", (640, 480), (shade, shade, shade)).save(sink, "JPEG")
    return sink.getvalue()


@contextmanager
def _on(day: date) -> Iterator[None]:
    with clock.standing_at(_morning(day)):
        yield


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), clock.CHINA)
