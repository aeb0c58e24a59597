"""Dated figures of a running platform: a newer version in the district files, taken in whole."""

import shutil
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from anlan.operations.calls.queries.terms import terms
from anlan.operations.credit.models import CreditTerms
from anlan.operations.people.actions import PLATFORM
from anlan.operations.registers.shapes import Dated
from anlan.operations.territory.actions import NewArea, load_areas
from anlan.portal.loading import load_terms
from anlan.portal.loading.folder import folder_of


@pytest.fixture
def folder(db, tmp_path):
    """The files of a district that stands in the database."""
    load_areas(PLATFORM, [NewArea(
        code="500106", name="沙坪坝区", kind="district", geometry=None, lon=106.45, lat=29.57,
    )])  # fmt: skip
    return shutil.copytree(folder_of("shapingba"), tmp_path / "shapingba")


def add_version(folder, *, answer_within_min):
    """What an administrator writes: the block of calls.toml again, with another day and count."""
    path = folder / "calls.toml"
    text = path.read_text("utf-8")
    block = text[text.index("\n[[terms]]") : text.index("\n# Calls to try")]
    block = block.replace("2020-01-01", "2026-07-01")
    block = block.replace("answer = { count = 30,", f"answer = {{ count = {answer_within_min},")
    path.write_text(f"{text}\n{block}\n", "utf-8")


def minutes(day):
    return terms(day).by_urgency["urgent"].answer.count


def test_a_newer_version_holds_from_its_day_on_and_the_earlier_one_before(folder):
    said = []
    assert load_terms(str(folder), say=said.append) == 0
    assert minutes(date(2026, 7, 1)) == 30
    add_version(folder, answer_within_min=20)
    assert load_terms(str(folder), say=said.append) == 0
    assert minutes(date(2026, 7, 1) - timedelta(days=1)) == 30
    assert minutes(date(2026, 7, 1)) == 20
    assert "calls: 2" in said[-1].splitlines()


def test_a_wrong_figure_names_its_room_and_nothing_is_taken(folder):
    add_version(folder, answer_within_min=0)
    said = []
    assert load_terms(str(folder), say=said.append) == 1
    assert "calls" in said[-1]
    assert "count" in said[-1]
    assert not CreditTerms.objects.exists()  # credit comes after calls, safety before it
    assert not apps.get_model("safety.HandlingTerms").objects.exists()


def test_a_platform_without_the_district_is_left_alone(db):
    said = []
    assert load_terms("shapingba", say=said.append) == 1
    assert "沙坪坝" in said[-1]
    assert not CreditTerms.objects.exists()


@pytest.mark.parametrize(
    "room", sorted({m._meta.app_label for m in apps.get_models() if issubclass(m, Dated)})
)
def test_no_room_keeps_dated_figures_that_cannot_be_changed(room):
    assert hasattr(import_module(f"anlan.operations.{room}.actions"), "load_terms")
