"""Calls taken further by other programs, as on their page, with photos of both sides."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.operations.calls.conftest import PEOPLE, call

from anlan.operations.calls.models import Call

pytestmark = pytest.mark.django_db(databases="__all__")
API = "/api/v1/calls"


def step(one, pk, verb, /, **given):
    body = {"verb": verb, "given": given}
    return one.browser.post(f"{API}/{pk}/steps", body, content_type="application/json")


def photo(one, pk, shade=1):
    sink = io.BytesIO()
    Image.new("RGB", (8, 8), (shade, 0, 0)).save(sink, "PNG")
    sent = SimpleUploadedFile("x.png", sink.getvalue(), "image/png")
    return one.browser.post(f"{API}/{pk}/photos", {"photo": sent})


def test_a_call_goes_from_called_to_confirmed(people):
    pk, industry, street = call(people), people["industry"], people["street"]
    assert step(street, pk, "answer", comes="王科", coming_at="2026-03-02T10:00").status_code == 409
    assert step(industry, pk, "answer", comes="王科", coming_at="soon").status_code == 409
    answered = step(industry, pk, "answer", comes="王科 2 人", coming_at="2026-03-02T10:00+08:00")
    assert answered.json() == {"id": pk, "state": "ANSWERED"}, answered.content
    assert step(industry, pk, "handle").status_code == 409  # without a word
    assert step(industry, pk, "handle", handling="已责令停用").json()["state"] == "HANDLED"
    for wrong in ({}, {"settled": "maybe", "grade": "5"}):
        assert step(street, pk, "confirm", **wrong).status_code == 409
    assert step(street, pk, "confirm", settled="yes", grade="4").json()["state"] == "CONFIRMED"
    file = street.browser.get(f"{API}/{pk}").json()
    assert (file["call"]["grade"], file["call"]["handling"]) == (4, "已责令停用")
    assert [one["verb"] for one in file["steps"]][-3:] == ["answer", "handle", "confirm"]


def test_who_is_not_concerned_neither_sees_nor_steps(people):
    pk = call(people)
    for name in PEOPLE:
        if name in ("other_street", "fire"):
            assert step(people[name], pk, "refuse", reason="x").status_code == 404, name
            assert people[name].browser.get(f"{API}/{pk}").status_code == 404, name
        elif name not in ("industry", "industry_leader"):
            assert step(people[name], pk, "refuse", reason="x").status_code in (403, 404, 409), name
    for verb in ("x", ""):
        assert step(people["industry"], pk, verb).status_code == 404
    assert step(people["industry"], 10**6, "refuse", reason="x").status_code == 404
    assert Call.objects.get().state == "CALLED"
    assert step(people["industry"], pk, "refuse", reason="属消防").json()["state"] == "REFUSED"


def test_a_photo_is_kept_once_by_either_side(people):
    pk = call(people)
    first = photo(people["street"], pk)
    assert (first.status_code, first.json()["by_street"]) == (200, True), first.content
    assert photo(people["street"], pk).json()["id"] == first.json()["id"]
    assert photo(people["industry"], pk, 2).json()["by_street"] is False
    assert photo(people["other_street"], pk, 3).status_code == 404
    assert photo(people["bureau_leader"], pk, 3).status_code == 409
    bad = SimpleUploadedFile("x.png", b"no picture", "image/png")
    said = people["street"].browser.post(f"{API}/{pk}/photos", {"photo": bad})
    assert said.status_code == 409
    shown = people["industry"].browser.get(f"{API}/{pk}").json()["photos"]
    assert [one["by_street"] for one in shown] == [True, False]
