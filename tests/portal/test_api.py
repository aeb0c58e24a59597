"""The interface tells what it offers and what went wrong, in one form."""

import json

import pytest

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_offer_is_an_openapi_document(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert json.loads(answer.content)["openapi"].startswith("3.")


def test_no_page_loads_scripts_from_elsewhere(client):
    assert client.get("/api/v1/docs").status_code == 404


def test_everything_offered_asks_for_a_login(client):
    paths = json.loads(client.get("/api/v1/openapi.json").content)["paths"]
    for path, verbs in paths.items():
        for verb in verbs:
            filled = path.replace("{", "").replace("}", "")
            answer = client.generic(verb.upper(), filled)
            assert answer.status_code in (401, 403, 404, 422), f"{verb} {path}"
            if answer.status_code == 401:
                assert answer.headers["Content-Type"] == "application/problem+json"
                assert json.loads(answer.content)["status"] == 401


def test_every_record_put_by_another_system_is_answered_by_the_same_names(client):
    said = json.loads(client.get("/api/v1/openapi.json").content)
    known = {"id", "outcome", "level", "code"}  # an accident's level, a tip's code to follow it by
    for path, verbs in said["paths"].items():
        if "put" not in verbs or not path.endswith("{source_id}"):
            continue
        answer = verbs["put"]["responses"]["200"]["content"]["application/json"]["schema"]
        fields = set(said["components"]["schemas"][answer["$ref"].rsplit("/", 1)[1]]["properties"])
        assert "id" in fields <= known, path
