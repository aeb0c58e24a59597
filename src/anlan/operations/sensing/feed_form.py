"""What is typed of a feed, parsed once; and a feed as its form shows it."""

import re
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from anlan.operations.registers.queries import Entered
from anlan.operations.sensing.actions import FeedSettings
from anlan.operations.sensing.queries import FeedRow
from anlan.operations.sensing.rules.feeds import LONGEST, SHORTEST, FeedKind
from anlan.operations.sensing.rules.weather import SIX, ZONES, Columns

FORMATS = ("json", "csv")
_LONGEST_URL = 500
_MOST_SECRET = 500
_HEADER = re.compile(r"[A-Za-z0-9-]{1,60}")
# A header of the connection itself is no place for a secret.
_OURS = {"host", "accept-encoding", "content-length", "connection", "transfer-encoding"}


def feed_settings(
    post: Mapping[str, str], codes: Collection[str]
) -> tuple[FeedSettings | None, Entered]:
    """What was typed; None when something is wrong. `codes`: the stations of the register."""
    entered = Entered({key: str(value).strip() for key, value in post.items()})
    typed, wrong = entered.values, entered.errors
    kind = typed.get("kind", "")
    if not typed.get("name"):
        wrong["name"] = _("Give the feed a name.")
    if kind not in set(FeedKind):
        wrong["kind"] = _("Choose what the feed brings.")
    _check_url(entered)
    minutes = typed.get("minutes", "")
    low, high = SHORTEST // timedelta(minutes=1), LONGEST // timedelta(minutes=1)
    if not (minutes.isascii() and minutes.isdigit() and low <= int(minutes[:6]) <= high):
        wrong["minutes"] = _("A whole number of minutes from 1 to 1440.")
    header, secret = typed.get("secret_header", ""), typed.get("secret", "")[:_MOST_SECRET]
    if header and (not _HEADER.fullmatch(header) or header.lower() in _OURS):
        wrong["secret_header"] = _("The name of an HTTP header, such as X-Api-Key.")
    if not all(" " <= sign <= "~" for sign in secret):
        wrong["secret"] = _("A secret of letters, figures and signs, without line breaks.")
    options = _weather(entered, codes) if kind == FeedKind.WEATHER else {}
    if wrong:
        return None, entered
    return FeedSettings(
        name=typed["name"][:60], kind=kind, url=typed["url"], interval_s=60 * int(minutes),
        secret_header=header, secret=secret or None, options=options,
    ), entered  # fmt: skip


def shown_feed(feed: FeedRow | None) -> Entered:
    """The form as it stands for a feed, or for a new one. Its secret is never shown."""
    columns = Columns.from_options(feed.options) if feed and feed.options else Columns()
    values = {
        "format": columns.format, "rows": columns.rows, "station": columns.station,
        "time": columns.time, "zone": columns.zone, "missing": " ".join(columns.missing),
        "stations": "\n".join(f"{k} = {v}" for k, v in columns.stations.items()),
        **{f"column_{one}": columns.elements.get(one, "") for one in SIX},
    }  # fmt: skip
    if feed is None:
        return Entered({**values, "kind": FeedKind.WEATHER, "minutes": "10"})
    return Entered(
        {**values, "id": str(feed.id), "name": feed.name, "kind": feed.kind, "url": feed.url,
         "minutes": str(feed.interval_s // 60), "secret_header": feed.secret_header}
    )  # fmt: skip


def _check_url(entered: Entered) -> None:
    url = entered.values.get("url", "")
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        good = good and "@" not in parts.netloc and url.isprintable() and " " not in url
    except ValueError:
        good = False
    if not good or len(url) > _LONGEST_URL:
        entered.errors["url"] = _("An address that begins with http:// or https://.")


def _weather(entered: Entered, codes: Collection[str]) -> dict[str, Any]:
    typed, wrong = entered.values, entered.errors
    stations: dict[str, str] = {}
    for line in typed.get("stations", "").splitlines():
        theirs, equals, ours = (part.strip() for part in line.partition("="))
        if not theirs and not ours:
            continue
        if not equals or not theirs or ours not in codes:
            words = _("“%(line)s”: write the service's station = a station code of ours.")
            wrong["stations"] = words % {"line": line[:60]}
        stations[theirs] = ours
    if not stations:
        wrong.setdefault("stations", _("Name at least one station."))
    elements = {one.value: typed.get(f"column_{one}", "")[:60] for one in SIX}
    if not any(elements.values()):
        wrong["elements"] = _("Name the column of at least one element.")
    for name in ("station", "time"):
        if not typed.get(name):
            wrong[name] = _("Name the column.")
    return Columns(
        format=typed["format"] if typed.get("format") in FORMATS else FORMATS[0],
        rows=typed.get("rows", "")[:120], station=typed.get("station", "")[:60],
        time=typed.get("time", "")[:60],
        zone=typed["zone"] if typed.get("zone") in ZONES else "china",
        elements={name: column for name, column in elements.items() if column},
        stations=stations, missing=tuple(typed.get("missing", "").split())[:20],
    ).options()  # fmt: skip
