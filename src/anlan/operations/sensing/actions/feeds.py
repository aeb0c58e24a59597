"""Feeds as a person sets them up, and the watch over those that bring nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from anlan.operations.deadlines.actions import NewItem, close_item, open_item
from anlan.operations.people.actions import PLATFORM, Actor, act, seal_text
from anlan.operations.sensing.events import FeedAsked
from anlan.operations.sensing.models import Feed
from anlan.operations.sensing.rules.feeds import overdue_after
from anlan.operations.territory.queries import areas
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

OVERDUE = N_("Feed %(feed)s has brought nothing since %(since)s: have its source looked at")
LOOK = N_("See the feeds")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """What a person says of a feed. `secret` None leaves the one that is kept."""

    name: str
    kind: str
    url: str
    interval_s: int
    secret_header: str = ""
    secret: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


def save_feed(actor: Actor, settings: FeedSettings, feed_id: int | None = None) -> int:
    """Set up a feed, or change one; it is asked at once. Raises `Feed.DoesNotExist`."""
    now = clock.now()
    with act("sensing.save_feed", actor) as this:
        if feed_id is None:
            feed = Feed(made_at=now, active=True)
        else:
            feed = Feed.objects.select_for_update().get(pk=feed_id)
        if feed.url != settings.url:
            feed.etag = feed.last_modified = ""
        feed.name, feed.kind, feed.url = settings.name, settings.kind, settings.url
        feed.interval_s, feed.options = settings.interval_s, dict(settings.options)
        feed.secret_header = settings.secret_header
        if settings.secret is not None or not settings.secret_header:
            feed.secret_sealed = seal_text(settings.secret or "")
        feed.next_at, feed.failures = now, 0
        feed.save()
        this.on("feed", feed.pk, feed.name)
        this.detail = {"url": feed.url, "interval_s": feed.interval_s}
    return feed.pk


def ask_feed(actor: Actor, feed_id: int) -> None:
    """Have a feed asked now, by the thread that asks them all. Raises `Feed.DoesNotExist`."""
    with act("sensing.ask_feed", actor) as this:
        feed = Feed.objects.select_for_update().get(pk=feed_id, active=True)
        feed.next_at = clock.now()
        # An answer that has not changed is asked for whole: whoever presses wants to see it read.
        feed.etag = feed.last_modified = ""
        feed.save(update_fields=["next_at", "etag", "last_modified"])
        this.on("feed", feed.pk, feed.name)


def switch_feed(actor: Actor, feed_id: int, on: bool) -> None:
    """Stop asking a feed, or begin again. Raises `Feed.DoesNotExist`."""
    with act("sensing.switch_feed", actor) as this:
        feed = Feed.objects.select_for_update().get(pk=feed_id)
        if on and not feed.active:
            feed.made_at = feed.next_at = clock.now()
        feed.active, feed.overdue = on, False
        feed.save(update_fields=["active", "made_at", "next_at", "overdue"])
        close_item(_key(feed), actor.label)
        this.on("feed", feed.pk, feed.name)
        this.detail = {"on": on}


def check_feeds() -> int:
    """Put every feed that has become overdue on the duty desk, once; returns how many."""
    watched = Feed.objects.filter(active=True, overdue=False)
    return sum(_overdue(feed) for feed in watched.order_by("pk"))


def note_arrival(feed: Feed) -> None:
    """The feed has brought something: it is no longer overdue. Inside a transaction."""
    if Feed.objects.filter(pk=feed.pk, overdue=True).update(overdue=False):
        close_item(_key(feed), PLATFORM.label)


def _overdue(feed: Feed) -> int:
    since = max(feed.last_success_at or feed.made_at, feed.made_at)
    if clock.now() - since <= overdue_after(timedelta(seconds=feed.interval_s)):
        return 0
    district = next(iter(areas("district")), None)
    with transaction.atomic(), act("sensing.feed_overdue", PLATFORM) as this:
        # Of two watchers one turns the flag; a feed that has brought something meanwhile is well.
        turned = Feed.objects.filter(
            pk=feed.pk, active=True, overdue=False, last_success_at=feed.last_success_at
        ).update(overdue=True)
        this.on("feed", feed.pk, feed.name)
        if turned:
            this.publish(FeedAsked(feed_id=feed.pk, new=0, failing=True, overdue=True))
            open_item(
                NewItem(
                    key=_key(feed), kind="feed", title=OVERDUE, action=LOOK,
                    link="/hotspots#feeds", right="sensing.handle",
                    area_code=district.code if district else "",
                    parameters={"feed": feed.name, "since": since.isoformat()},
                )
            )  # fmt: skip
    return turned


def _key(feed: Feed) -> str:
    return f"feed:{feed.pk}"
