"""The threads that ask feeds and the video platform: beside the rounds, so that a server that
hangs delays nobody else.
"""

import logging
import threading

from django.db import close_old_connections, connections

from anlan.backbone.video import VideoPlatform
from anlan.operations.sensing.actions import check_cameras, claim_due_feeds, poll_feed

logger = logging.getLogger(__name__)

LOOK_S = 1.0
CAMERAS_EVERY_S = 60.0
AT_ONCE = 4
AFTER_A_FAULT_S = 5.0


def poll_until(stop: threading.Event) -> None:
    """Ask every feed whose time has come, at most four at once, until told to stop.

    A feed that is being asked when the process ends is left; it is asked again after its lease.
    """
    out: list[threading.Thread] = []
    while not stop.is_set():
        out = [one for one in out if one.is_alive()]
        try:
            close_old_connections()
            for feed_id in claim_due_feeds(AT_ONCE - len(out)):
                name = f"feed-{feed_id}"
                out.append(threading.Thread(target=_poll, args=(feed_id,), name=name, daemon=True))
                out[-1].start()
        except Exception:
            logger.exception("the feeds could not be looked at and will be again")
            stop.wait(AFTER_A_FAULT_S)
        stop.wait(LOOK_S)


def _poll(feed_id: int) -> None:
    try:
        poll_feed(feed_id)
    except Exception:
        logger.exception("feed %d could not be asked", feed_id)
    finally:
        connections.close_all()


def watch_cameras_until(stop: threading.Event, platform: VideoPlatform | None) -> None:
    """Ask the video platform each minute which cameras are online, until told to stop."""
    while platform is not None and not stop.is_set():
        try:
            close_old_connections()
            check_cameras(platform)
        except Exception:
            logger.exception("the cameras could not be looked at and will be again")
        stop.wait(CAMERAS_EVERY_S)
    connections.close_all()


def start_asking(stop: threading.Event, platform: VideoPlatform | None) -> None:
    """Both, each in a thread of its own."""
    threading.Thread(target=poll_until, args=(stop,), name="feeds", daemon=True).start()
    threading.Thread(
        target=watch_cameras_until, args=(stop, platform), name="cameras", daemon=True
    ).start()
