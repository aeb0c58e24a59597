"""What a penalty may amount to, and what is owed when it is paid late. Money in 元, days dated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

DAILY = Decimal("0.03")  # CFF 72: of the fine a day, at most the fine itself
FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A row of the discretion table 裁量基准: its own range inside what the law allows."""

    least: Decimal
    most: Decimal
    law_most: Decimal


def allowed(amount: Decimal, row: Range, *, discussed: bool) -> None:
    """Raises `Refused` for an amount that the row does not give.

    Outside the row only after the group discussion that gave reasons; above the law never.
    """
    if amount > 0 == row.law_most:
        raise Refused(N_("The law of this row gives no fine.")).at("amount")
    if amount > row.law_most:
        raise Refused(N_("The law allows %(most)s yuan at most."), most=f"{row.law_most:,.0f}").at(
            "amount"
        )
    if not row.least <= amount <= row.most and not discussed:
        raise Refused(
            N_("The discretion table gives %(least)s to %(most)s yuan here; anything else needs "
               "a group discussion with its reasons."),
            least=f"{row.least:,.0f}", most=f"{row.most:,.0f}",
        ).at("amount")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spell:
    """Days, both included, on which no additional fine grows; `end` is open while it lasts."""

    begin: date
    end: date | None

    def has(self, day: date) -> bool:
        return self.begin <= day and (self.end is None or day <= self.end)


def late_fee(
    fine: Decimal,
    schedule: Sequence[tuple[date, Decimal]],
    payments: Iterable[tuple[date, Decimal]],
    day: date,
    pauses: Sequence[Spell] = (),
) -> Decimal:
    """The additional fine by `day`: 3 % a day of what was due and unpaid, at most the fine.

    `schedule`: what falls due by which day, one row or the instalments granted (CFF 66). The days
    of a reconsideration or a suit do not count (`pauses`, CFF 73).

    >>> late_fee(Decimal(1000), [(date(2026, 3, 1), Decimal(1000))], [], date(2026, 3, 4))
    Decimal('90.00')
    >>> late_fee(Decimal(1000), [(date(2026, 3, 1), Decimal(1000))], [], date(2027, 3, 4))
    Decimal('1000.00')
    """
    fee, paid = Decimal(0), sorted(payments)
    at = min((due for due, _amount in schedule), default=day)
    while at < day and fee < fine:
        at += timedelta(days=1)
        if any(one.has(at) for one in pauses):
            continue
        asked = sum((amount for due, amount in schedule if due < at), Decimal(0))
        came = sum((amount for on, amount in paid if on < at), Decimal(0))
        fee += DAILY * max(Decimal(0), asked - came)
        if came >= fine:
            break
    return min(fee, fine).quantize(FEN)


def in_words(amount: Decimal) -> str:
    """An amount as a decision writes it, in capital numerals 大写.

    >>> in_words(Decimal("15000")), in_words(Decimal("20305.60"))
    ('壹万伍仟元整', '贰万零叁佰零伍元陆角')
    """
    digits, places = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
    yuan, fen = divmod(int((amount * 100).to_integral_value()), 100)
    said, zero = "", False
    groups = [(yuan // 10 ** (4 * power) % 10_000, power) for power in (2, 1, 0)]
    for group, power in groups:
        part = ""
        for place in (3, 2, 1, 0):
            figure = group // 10**place % 10
            if figure:
                part += ("零" if zero and (said or part) else "") + digits[figure] + places[place]
                zero = False
            else:
                zero = True
        if part:
            said += part + ("", "万", "亿")[power]
            zero = group % 10 == 0
    jiao, rest = divmod(fen, 10)
    tail = (f"{digits[jiao]}角" if jiao else "") + (f"{digits[rest]}分" if rest else "")
    return f"{said or '零'}元" + (tail or "整")
