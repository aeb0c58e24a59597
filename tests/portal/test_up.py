"""`anlan up`: one process that answers, says a taken port in one line and ends cleanly."""

import socket
import urllib.request

import pytest

from .running import FIELD, anlan, running

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


def test_it_answers_and_ends_cleanly_when_asked(home):
    with running(home) as platform:
        with urllib.request.urlopen(f"http://127.0.0.1:{platform.web}/login", timeout=20) as page:
            assert page.status == 200
            assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        code, said = platform.stop()
    assert code == 0
    assert "Traceback" not in said
    assert said.strip().endswith("Anlan has stopped")


def test_a_taken_port_is_one_clear_line(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = anlan(home, "up", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith(f"anlan: port {port} on 127.0.0.1")
    assert "Traceback" not in done.stderr


def test_a_second_platform_on_the_same_data_is_refused_in_one_line(home):
    with running(home):
        done = anlan(home, "up", "--port", "0", *FIELD)
    assert done.returncode == 1
    assert "already running" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_finds_a_new_home_in_need_of_a_district(home):
    done = anlan(home, "doctor")
    assert "anlan district load shapingba" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_port_that_is_no_port_is_one_clear_line(home):
    done = anlan(home, "up", "--port", "99999")
    assert done.returncode == 2
    assert "0 to 65535" in done.stderr
