"""The thread that asks feeds: beside the rounds, so that a server that hangs delays nobody else."""

import logging
import threading

from django.db import close_old_connections, connections

from anlan.operations.sensing.actions import claim_due_feeds, poll_feed

logger = logging.getLogger(__name__)

LOOK_S = 1.0
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
