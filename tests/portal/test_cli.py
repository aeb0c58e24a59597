"""The command line: every command shown in plain words, loaded lazily, one line for trouble."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from anlan.portal.cli import language, main
from anlan.portal.cli.commands import COMMANDS, GROUPS

HAN = re.compile(r"[\u4e00-\u9fff]")
PLAY_NOTHING = "from anlan.portal.cli import main"


@pytest.fixture(autouse=True)
def _english_again():
    yield
    language.speak(language.ENGLISH)


def anlan(*words, **environment):
    return subprocess.run(
        [Path(sys.executable).with_name("anlan"), *words],
        env={**os.environ, "LANG": "en_US.UTF-8", **environment},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def loaded_by(statement):
    """The names of every module that running `statement` in a fresh interpreter loads."""
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stderr.split())


def test_help_shows_every_command_in_its_group(capsys):
    assert main(["--lang", "en"]) == 0
    shown = capsys.readouterr().out
    for command in COMMANDS:
        assert re.search(
            rf"^  {' '.join(command.words)} +{re.escape(command.summary)}$", shown, re.M
        )
    assert [group for group in GROUPS if group not in shown] == []


def test_help_speaks_chinese_where_the_environment_does(tmp_path):
    from anlan.portal import words

    words.compile_catalogues(only_stale=True)
    english = anlan("--help").stdout
    chinese = anlan("--help", LANG="zh_CN.UTF-8").stdout
    assert not HAN.search(english)
    assert "日常" in chinese
    summaries = [line for line in chinese.splitlines() if line.startswith("  ")]
    assert all(HAN.search(line) for line in summaries)


def test_the_flag_wins_over_the_environment_and_may_stand_anywhere():
    assert language.chosen(["up", "--lang=en"], {"LANG": "zh_CN"}) == ("en", ["up"])
    assert language.chosen(["--lang", "zh", "up"], {"LANG": "en_GB"}) == ("zh_Hans", ["up"])
    assert language.chosen(["up"], {}) == ("zh_Hans", ["up"])
    assert language.chosen(["up"], {"LC_ALL": "C.UTF-8"}) == ("en", ["up"])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(c.words))
def test_every_handler_exists(command):
    from importlib import import_module

    module, _colon, function = command.handler.partition(":")
    assert callable(getattr(import_module(module), function))


def test_help_loads_nothing_but_itself():
    loaded = loaded_by(f"{PLAY_NOTHING}\nmain([])")
    assert not loaded & {"django", "numpy", "asyncio", "babel", "rasterio"}


def test_an_unknown_command_gets_the_nearest_known_one(capsys):
    assert main(["--lang", "en", "dril"]) == 2
    assert "did you mean drill?" in capsys.readouterr().err


def test_half_a_command_lists_its_continuations(capsys):
    assert main(["--lang", "en", "drill"]) == 2
    assert "run" in capsys.readouterr().out
