"""Real servers on free loopback ports, to be killed and started again."""

import contextlib
import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import psycopg

from anlan.vocabulary import clock

WITHIN_S = 30.0


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true, what, within_s=WITHIN_S):
    ends = clock.stopwatch() + within_s
    while not true():
        if clock.stopwatch() > ends:
            raise AssertionError(f"{what} did not happen within {within_s} s")
        pause(0.02)


def pause(seconds):
    """Real seconds."""
    threading.Event().wait(seconds)


def answers(port):
    with contextlib.closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Nats:
    """A NATS server with JetStream in a folder."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.port = free_port()
        self.url = f"nats://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        server = Path(sys.executable).with_name("nats-server")
        self.process = subprocess.Popen(
            [str(server), "-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", str(self.folder)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until(lambda: answers(self.port), "NATS")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def forget(self):
        """Everything it held is gone."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()


def postgres_bin():
    """Where PostgreSQL's programs are; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    return found[0].parent if found else on_path and Path(on_path).parent


class Postgres:
    """A PostgreSQL cluster of its own, with fsync as in production."""

    def __init__(self):
        # Not below pytest's folder, which only its owner may enter.
        self.folder = Path(tempfile.mkdtemp(prefix="anlan-postgres-"))
        self.data = self.folder / "data"
        self.port = free_port()
        self.url = f"postgresql://anlan@127.0.0.1:{self.port}/postgres"
        # PostgreSQL refuses to run as root.
        self.user = []
        if os.getuid() == 0:
            self.user = ["runuser", "-u", "postgres", "--"]
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", self.data, "-U", "anlan", "--auth=trust", "-E", "UTF8",
                  "--locale=C")  # fmt: skip

    def _run(self, program, *words, check=True):
        done = subprocess.run(
            [*self.user, str(postgres_bin() / program), *map(str, words)],
            cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        if check and done.returncode:
            raise AssertionError(done.stderr)
        return done.returncode == 0

    def start(self):
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
            " -c max_connections=60"
        )
        until(
            lambda: self._run(
                "pg_ctl", "-D", self.data, "-s", "-w", "-l", self.data / "log", "-o", options,
                "start", check=False,
            ), "PostgreSQL",
        )  # fmt: skip

    def kill(self):
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        until(lambda: not answers(self.port), "the end of PostgreSQL")

    def stop(self):
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-s", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def rows(self, sql):
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql).fetchall()


class Mosquitto:
    """An MQTT broker that keeps what persistent sessions have not taken."""

    program = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")

    def __init__(self, folder):
        self.port = free_port()
        self.settings = Path(folder) / "mosquitto.conf"
        secrets = Path(folder) / "passwords"
        secrets.write_text("anlan:a secret\n")
        subprocess.run([shutil.which("mosquitto_passwd"), "-U", str(secrets)], check=True)
        self.settings.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous false\npassword_file {secrets}\n"
            f"user {getpass.getuser()}\n"
        )
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "-c", str(self.settings)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until(lambda: answers(self.port), "Mosquitto")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def mosquitto_pub(port, topic, text, *more):
    """Publish at QoS 1 with Eclipse Mosquitto's own client; its exit status."""
    return subprocess.run(
        ["mosquitto_pub", "-h", "127.0.0.1", "-p", str(port), "-t", topic, "-m", text, "-q", "1",
         *more], timeout=WITHIN_S, check=False,
    ).returncode  # fmt: skip
