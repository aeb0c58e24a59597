"""The thread that asks feeds: one that hangs delays neither the others nor the end."""

import threading

from anlan.portal import polling


def test_a_feed_that_hangs_delays_no_other(monkeypatch):
    due, hang, asked, stop = [[1], [2, 3]], threading.Event(), [], threading.Event()

    def poll(feed_id):
        asked.append(feed_id)
        if feed_id == 1:
            hang.wait(20)
        elif feed_id == 2:
            raise RuntimeError("a feed that fails")
        else:
            stop.set()

    monkeypatch.setattr(polling, "LOOK_S", 0.01)
    monkeypatch.setattr(polling, "claim_due_feeds", lambda most: due.pop(0)[:most] if due else [])
    monkeypatch.setattr(polling, "poll_feed", poll)
    monkeypatch.setattr(polling, "close_old_connections", lambda: None)
    thread = threading.Thread(target=polling.poll_until, args=(stop,))
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    assert sorted(asked) == [1, 2, 3]
    hang.set()
