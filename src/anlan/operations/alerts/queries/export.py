"""The alert register as a workbook for Excel."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from anlan.backbone.workbooks import Cell, workbook
from anlan.operations.alerts.queries.rows import AlertRow
from anlan.operations.alerts.queries.wording import datum_word, level_word, state_word
from anlan.operations.messaging.queries import Funnel
from anlan.vocabulary.clock import CHINA


def workbook_of(rows: Sequence[AlertRow], told: Mapping[int, Funnel]) -> bytes:
    """One line an alert; times are Beijing's, stages stand in the datum beside them."""
    head = [
        pgettext("alert", "Number"), pgettext("alert", "Level"), _("Headline"),
        pgettext("alert", "State"), pgettext("alert", "Standing"), _("Forecast crest") + " m",
        _("Datum"), _("Time of the crest"), _("Communities"), _("Households"), _("People"),
        _("Drafted"), _("Signed by"), pgettext("alert", "Signed"), _("Published"),
        pgettext("alert", "Ends"), pgettext("alert", "Ended"), pgettext("receipt", "Addressed"),
        pgettext("receipt", "Confirmed"),
    ]  # fmt: skip
    return workbook(_("Alerts"), [head, *(list(_line(row, told.get(row.id))) for row in rows)])


def _line(row: AlertRow, funnel: Funnel | None) -> Iterator[Cell]:
    signature = row.signed("sign")
    yield from (row.number, level_word(row.level), row.headline, state_word(row.state))
    yield row.standing
    yield row.crest_stage_m
    yield datum_word(row.datum) if row.crest_stage_m is not None else ""
    yield _time(row.crest_at)
    yield pgettext("list", ", ").join(one.name for one in row.communities)
    yield from (row.households, row.people, _time(row.drafted_at))
    yield signature.by if signature else ""
    yield _time(signature.at if signature else None)
    yield from (_time(row.published_at), _time(row.expires_at), _time(row.ended_at))
    yield funnel.targeted if funnel else None
    yield funnel.acked if funnel else None


def _time(instant: datetime | None) -> str:
    return f"{instant.astimezone(CHINA):%Y-%m-%d %H:%M}" if instant else ""
