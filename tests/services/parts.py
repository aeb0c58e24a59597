"""The platform in parts, each a process of its own, on a real bus and a real database."""

import os
import re
import signal
import subprocess
import sys

ANLAN = [sys.executable, "-m", "anlan.portal.cli", "--lang", "en"]


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


def environment(home, database, bus):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("ANLAN_")}
    return clean | {
        "ANLAN_HOME": str(home), "ANLAN_DATABASE_URL": database.url, "ANLAN_EVENTS_URL": bus.url,
        "PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "anlan.portal.settings",
    }  # fmt: skip


def python(of, code):
    """Run Python with the platform loaded."""
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()\n" + code], env=of,
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
