"""What somebody typed into a step's form: parsed once, kept as JSON, said in words again."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import pgettext

from anlan.operations.enforcement.models import Case, CaseStep, Certificate, DiscretionRow
from anlan.operations.enforcement.rules.forms import CHOICES, FORMS, Input
from anlan.operations.people.queries.days import full_day_words, full_moment_words
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LONGEST = {"text": 200, "long": 4000}
CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
SPAN, DIGEST = re.compile(r"(\d{1,4}):([0-5]\d)"), re.compile(r"[0-9a-fA-F]{64}")
MOST_MONEY = Decimal(1_000_000_000)


def typed(verb: str, given: Mapping[str, str], case: Case) -> dict[str, Any]:
    """Typed values by key; raises `Refused` naming the field that is missing or wrong."""
    return {one.key: _parsed(one, given.get(one.key, ""), case) for one in FORMS[verb]}


def tidy(one: Input, raw: str) -> str:
    """Words as they are kept: without what no paper can show, at most as long as the field."""
    return raw.translate(CONTROL).strip()[: LONGEST[one.kind]]


def _parsed(one: Input, raw: str, case: Case) -> Any:
    text = raw.translate(CONTROL).strip()
    if not text:
        if one.required:
            raise Refused(N_("%(field)s is missing."), field=pgettext(*one.word)).at(one.key)
        return None if one.kind in ("day", "moment", "money") else ""
    try:
        value = _PARSERS[one.kind](one, text, case)
    except (ValueError, InvalidOperation):
        value = None
    if value is None:
        raise Refused(N_("%(field)s is not understood: %(text)s"), field=pgettext(*one.word),
                      text=text[:60]).at(one.key)  # fmt: skip
    return value


def _words(one: Input, text: str, _case: Case) -> str:
    most = LONGEST[one.kind]
    if len(text) > most:
        raise Refused(N_("%(field)s has at most %(most)d characters."),
                      field=pgettext(*one.word), most=most).at(one.key)  # fmt: skip
    return text


def _day(_one: Input, text: str, _case: Case) -> date:
    return date.fromisoformat(text[:10])


def _moment(_one: Input, text: str, _case: Case) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.CHINA)


def _money(_one: Input, text: str, _case: Case) -> Decimal | None:
    amount = Decimal(text.replace(",", ""))
    if not amount.is_finite() or not 0 < amount < MOST_MONEY:
        return None
    return amount if amount == amount.quantize(Decimal("0.01")) else None


def _span(_one: Input, text: str, _case: Case) -> str | None:
    """Minutes and seconds; hours are minutes too."""
    found = SPAN.fullmatch(text)
    return f"{int(found[1])}:{found[2]}" if found and text.strip("0:") else None


def _digest(_one: Input, text: str, _case: Case) -> str | None:
    return text.lower() if DIGEST.fullmatch(text) else None


def _choice(one: Input, text: str, _case: Case) -> str | None:
    return text if text in CHOICES[one.choices] else None


def _several(one: Input, text: str, _case: Case) -> str | None:
    """Choices with commas between them, in the order in which they stand."""
    given = {part.strip() for part in text.split(",")}
    known = CHOICES[one.choices]
    return ",".join(key for key in known if key in given) if given <= set(known) else None


def _row(_one: Input, text: str, case: Case) -> DiscretionRow | None:
    today = clock.today()
    rows = DiscretionRow.objects.filter(valid_from__lte=today, party__in=("", case.party_kind))
    return rows.exclude(valid_to__lt=today).filter(pk=int(text)).first()


def _officer(_one: Input, text: str, case: Case) -> Certificate | None:
    return Certificate.objects.filter(
        pk=int(text), cases__case=case, cases__until=None
    ).first()  # fmt: skip


def _certificate(_one: Input, text: str, case: Case) -> Certificate | None:
    return Certificate.objects.filter(pk=int(text), unit=case.unit).first()


_PARSERS: Mapping[str, Any] = {
    "text": _words, "long": _words, "day": _day, "moment": _moment, "money": _money,
    "choice": _choice, "span": _span, "digest": _digest, "several": _several, "row": _row,
    "officer": _officer, "certificate": _certificate,
}  # fmt: skip


def kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a step's row keeps them."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, DiscretionRow | Certificate):
            found[key] = str(value)
        elif isinstance(value, date):
            found[key] = value.isoformat()
        else:
            found[key] = str(value) if value else ""
    return found


def spoken(verb: str, said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a step was told, in the reader's language: word and text, empty ones left out."""
    found = []
    for one in FORMS.get(verb, ()):
        text = str(said.get(one.key) or "")
        if text:
            found.append((pgettext(*one.word), text_of(one, text)))
    return found


def hidden(step: CaseStep) -> list[str]:
    """The words of what a step holds sealed, without it."""
    return [pgettext(*one.word) for one in FORMS.get(step.verb, ()) if one.key in step.secret]


def text_of(one: Input, text: str) -> str:
    """One kept value as people read it."""
    if one.kind == "choice":
        return pgettext(*CHOICES[one.choices][text])
    if one.kind == "several":
        return "、".join(pgettext(*CHOICES[one.choices][key]) for key in text.split(","))
    if one.kind == "money":
        return f"{Decimal(text):,.2f}"
    if one.kind == "day":
        return full_day_words(date.fromisoformat(text))
    if one.kind == "moment":
        return full_moment_words(datetime.fromisoformat(text))
    return text
