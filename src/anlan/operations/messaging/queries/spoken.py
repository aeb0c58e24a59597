"""Times as people say them on a public page or in a short message: 今晚9点, 20日凌晨2点."""

from datetime import datetime

from django.utils.translation import get_language

from anlan.vocabulary import clock

_PARTS = ((5, "凌晨"), (8, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))


def spoken_time(at: datetime, now: datetime | None = None) -> str:
    """The time of day in the reader's language; another day than today is named by its date.

    今天 and 明天 go wrong in a message read after midnight, so only today is said by word.
    """
    if get_language() == "en":
        return _english(at, now or clock.now())
    return spoken_chinese(at, now or clock.now())


def spoken_chinese(at: datetime, now: datetime) -> str:
    """今晚9点, 今天下午3点40分, 20日凌晨2点; the month when it is another one.

    >>> from datetime import datetime
    >>> noon = datetime(2020, 8, 19, 12, tzinfo=clock.CHINA)
    >>> spoken_chinese(datetime(2020, 8, 20, 2, tzinfo=clock.CHINA), noon)
    '20日凌晨2点'
    """
    at, now = at.astimezone(clock.CHINA), now.astimezone(clock.CHINA)
    part = next(word for until, word in _PARTS if at.hour < until)
    hour = at.hour if at.hour <= 12 else at.hour - 12
    minutes = f"{at.minute}分" if at.minute else ""
    if at.date() == now.date():
        day = "今晚" if part == "晚上" else f"今天{part}"
    else:
        month = f"{at.month}月" if at.month != now.month else ""
        day = f"{month}{at.day}日{part}"
    return f"{day}{hour}点{minutes}"


def _english(at: datetime, now: datetime) -> str:
    at, now = at.astimezone(clock.CHINA), now.astimezone(clock.CHINA)
    minutes = f":{at.minute:02d}" if at.minute else ""
    text = f"{at.hour % 12 or 12}{minutes} {'am' if at.hour < 12 else 'pm'}"
    if at.date() == now.date():
        return f"{text} tonight" if at.hour >= 18 else f"{text} today"
    return f"{text} on {at.day} {at:%B}"
