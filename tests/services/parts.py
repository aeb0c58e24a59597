"""The platform in parts, each a process of its own, on a real bus and a real database."""

import re
import signal
import subprocess

from tests.portal.running import ANLAN, environment


class Part:
    """One `anlan …` process that can be killed and started again on the same home."""

    def __init__(self, environment, *words):
        self.environment = environment
        self.words = words
        self.port = None
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [*ANLAN, *self.words], env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        said = self.process.stdout.readline()
        assert said, f"{self.words} said nothing"
        port = re.search(r":(\d+)$", said.strip())
        self.port = int(port[1]) if port else None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=30)


def beside(home, database, bus):
    """The environment of parts that share a database and a bus."""
    return environment(home) | {"ANLAN_DATABASE_URL": database.url, "ANLAN_EVENTS_URL": bus.url}
