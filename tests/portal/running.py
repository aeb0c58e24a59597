"""A whole platform in a process of its own, for tests that start, ask, stop and kill it."""

import contextlib
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

from anlan.vocabulary import clock

ANLAN = [sys.executable, "-m", "anlan.portal.cli", "--lang", "en"]
FIELD = [w for p in ("sl651", "hj212", "mqtt", "jt808", "gb26875") for w in (f"--{p}-port", "0")]
SETTINGS = {"DJANGO_SETTINGS_MODULE": "anlan.portal.settings"}
STARTS_WITHIN_S = 60.0


def environment(home):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("ANLAN_")}
    return {**clean, "ANLAN_HOME": str(home), "PYTHONUNBUFFERED": "1"}


def anlan(home, *words, timeout=300):
    """Run one command to its end."""
    return subprocess.run(
        [*ANLAN, *words], env=environment(home), capture_output=True, text=True, check=False,
        timeout=timeout,
    )  # fmt: skip


def python(home, code, more=None, within_s=120):
    """Run Python with the platform loaded, on this home; `more` of the environment."""
    head = "import django; django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", head + code],
        env={**environment(home), **SETTINGS, **(more or {})},
        capture_output=True, text=True, check=False, timeout=within_s,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


class Running:
    """`anlan up` on a home, with the ports it chose; `more` of the environment."""

    def __init__(self, home, **more):
        self.home = Path(home)
        clock.use(clock.WallClock())  # it lives in real time, and so do the stations that call it
        self.process = subprocess.Popen(
            [*ANLAN, "up", "--port", "0", *FIELD],
            env={**environment(home), **more}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        said = "".join(self.process.stdout.readline() for _ in range(5))
        ports = re.findall(r":(\d+)", said)
        assert len(ports) == 5, said + self.process.stdout.read()
        # A pipe that nobody empties would hold up a platform that has much to say.
        self._said = [said]
        self._hearing = threading.Thread(target=self._hear, daemon=True)
        self._hearing.start()
        self.web, self.gateway, self.hj212, self.mqtt, self.jt808 = map(int, ports)

    def _hear(self):
        self._said.extend(self.process.stdout)

    @property
    def said(self):
        """Everything it has said so far."""
        return "".join(self._said)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self._end(None)

    def _end(self, timeout):
        self.process.wait(timeout)
        self._hearing.join()
        self.process.stdout.close()

    def stop(self, timeout=30):
        """Ask it to stop; its exit code and what it said."""
        self.process.send_signal(signal.SIGTERM)
        self._end(timeout)
        return self.process.returncode, self.said


@contextlib.contextmanager
def running(home, **more):
    platform = Running(home, **more)
    try:
        yield platform
    except BaseException:
        print(platform.said)  # shown with the failure
        raise
    finally:
        if platform.process.poll() is None:
            platform.kill()


def rows(home, database, query, parameters=()):
    """Ask the database file from outside, as an auditor would."""
    connection = sqlite3.connect(f"file:{Path(home) / database}?mode=ro", uri=True, timeout=30)
    try:
        return connection.execute(query, parameters).fetchall()
    finally:
        connection.close()


def until(asked, within_s, every_s=0.2):
    """Ask again and again until the answer is true; fails when it never is."""
    deadline = time.monotonic() + within_s  # noqa: TID251 - real patience
    while time.monotonic() < deadline:  # noqa: TID251
        if answer := asked():
            return answer
        time.sleep(every_s)  # noqa: TID251
    raise AssertionError(f"not within {within_s} s")
