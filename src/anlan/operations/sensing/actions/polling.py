"""Asking feeds for what they have: off every request and every round, one thread a feed.

A feed is claimed before it is asked, so of several processes one asks it; one that dies lets go
after five minutes. What a feed brings is idempotent, so an answer taken twice changes nothing.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings

from anlan.backbone.fetching import Answer, Unreachable, fetch
from anlan.operations.people.actions import PLATFORM, act, unseal_text
from anlan.operations.sensing.actions.feeds import note_arrival
from anlan.operations.sensing.actions.hotspots import take_hotspots
from anlan.operations.sensing.actions.offered import Outcome, place, record_offered
from anlan.operations.sensing.actions.taken import Brought
from anlan.operations.sensing.events import FeedAsked
from anlan.operations.sensing.models import Feed
from anlan.operations.sensing.rules.feeds import FeedKind, next_wait
from anlan.operations.sensing.rules.offered import FEED, Terms
from anlan.operations.sensing.rules.weather import Columns, NotWeather, read_weather
from anlan.protocols.firms import NotFirms
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
SAMPLE = 5
NO_FIRMS = N_("the answer is no table of FIRMS: %(why)s")
FAULT = N_("the answer could not be taken (%(why)s); the log says more")


def claim_due_feeds(most: int) -> list[int]:
    """Feeds whose time has come, claimed for this caller: nobody else asks them meanwhile."""
    now = clock.now()
    due = Feed.objects.filter(active=True, next_at__lte=now).order_by("next_at")
    return [
        feed.pk
        for feed in due[:most]
        if Feed.objects.filter(pk=feed.pk, next_at=feed.next_at).update(
            next_at=now + LEASE, last_try_at=now
        )
    ]


def poll_feed(feed_id: int) -> None:
    """Ask a claimed feed and take what it brings; what goes wrong is kept with the feed."""
    feed = Feed.objects.get(pk=feed_id)
    try:
        answer = _asked(feed)
        brought = None if answer.body is None else _take(feed, answer.body)
    except (Unreachable, NotWeather) as fault:
        _note_failure(feed, fault.message, fault.parameters)
        return
    except NotFirms as fault:
        _note_failure(feed, NO_FIRMS, {"why": str(fault)[:160]})
        return
    except Exception as fault:
        logger.exception("feed %s could not be taken", feed.name)
        _note_failure(feed, FAULT, {"why": type(fault).__name__})
        return
    _note_success(feed, answer, brought)


def _asked(feed: Feed) -> Answer:
    headers = {"Accept": "text/csv, application/json;q=0.9, */*;q=0.1"}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.last_modified:
        headers["If-Modified-Since"] = feed.last_modified
    secret = {}
    if feed.secret_header:
        secret = {feed.secret_header: unseal_text(bytes(feed.secret_sealed))}
    return fetch(feed.url, headers, secret, settings.ANLAN_FEED_HOSTS)


def _take(feed: Feed, body: bytes) -> Brought:
    if feed.kind == FeedKind.HOTSPOTS:
        return take_hotspots(body.decode("utf-8", "replace"))
    rows = read_weather(body, Columns.from_options(feed.options), Terms(clock.now()))
    placed, refused = place(rows)
    results = [one.result for one in record_offered(placed, FEED)]
    newest = sorted(placed, key=lambda one: one.reading.at)[-SAMPLE:]
    sample = [
        f"{one.station} {one.reading.element} {one.reading.value:g} {one.reading.at:%m-%d %H:%M}"
        for one in reversed(newest)
    ]
    new = len(results) - results.count("repeated")
    return Brought(len(results), new, len(refused), _said(refused), sample)


def _said(refused: list[Outcome]) -> str:
    return f"{refused[0].number} {refused[0].where}: {refused[0].reason}" if refused else ""


def _note_success(feed: Feed, answer: Answer, brought: Brought | None) -> None:
    now = clock.now()
    changes: dict[str, object] = {
        "last_success_at": now, "last_error": {}, "failures": 0, "etag": answer.etag,
        "last_modified": answer.last_modified,
        "next_at": now + timedelta(seconds=feed.interval_s),
    }  # fmt: skip
    if brought is not None:
        changes |= {
            "rows": brought.rows, "new": brought.new, "refused": brought.refused,
            "refusal": brought.refusal[:300], "sample": brought.sample,
        }  # fmt: skip
    with act("sensing.feed_asked", PLATFORM) as this:
        Feed.objects.filter(pk=feed.pk).update(**changes)
        note_arrival(feed)
        new = brought.new if brought else 0
        this.on("feed", feed.pk, feed.name)
        this.detail = {"new": new}
        this.publish(FeedAsked(feed_id=feed.pk, new=new, failing=False, overdue=False))


def _note_failure(feed: Feed, words: str, parameters: Mapping[str, str | int]) -> None:
    wait = next_wait(timedelta(seconds=feed.interval_s), feed.failures + 1)
    with act("sensing.feed_asked", PLATFORM) as this:
        Feed.objects.filter(pk=feed.pk).update(
            last_error={"words": words, "with": dict(parameters)}, failures=feed.failures + 1,
            next_at=clock.now() + wait,
        )  # fmt: skip
        this.on("feed", feed.pk, feed.name)
        this.detail = {"failed": words}
        this.publish(FeedAsked(feed_id=feed.pk, new=0, failing=True, overdue=feed.overdue))
