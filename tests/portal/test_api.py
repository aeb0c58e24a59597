"""The interface tells what it offers and what went wrong, in one form."""

import json
import re

import pytest
from django.db import DataError

from anlan.operations.people.models import Account
from anlan.portal.api import api

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


def test_what_the_database_cannot_keep_is_answered_in_words(rf):
    """As PostgreSQL says of a NUL in an address or a text, which SQLite keeps."""
    fault = DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    answer = api.on_exception(rf.get("/api/v1/check-items/%00"), fault)
    assert answer.status_code == 422
    assert json.loads(answer.content)["detail"] == "请求里有系统存不下的字符或数值。"


def put_by_others(client):
    """Path -> what it offers, of every record that another system names by (source, id)."""
    paths = json.loads(client.get("/api/v1/openapi.json").content)["paths"]
    return {path: verbs for path, verbs in paths.items()
            if "put" in verbs and path.endswith("{source}/{source_id}")}  # fmt: skip


def test_every_record_put_by_another_system_is_read_back_at_the_same_address(client):
    offered = put_by_others(client)
    assert "/api/v1/posts/{source}/{source_id}" in offered
    assert len(offered) > 20
    assert [path for path, verbs in offered.items() if "get" not in verbs] == []


def test_each_of_them_asks_for_a_right_before_it_reads_what_was_sent(client):
    """Of an account that may nothing of the kind; what is sent is no record at all."""
    nobody = Account.objects.create(
        username="security", role="security_admin", display_name="x", organisation_code="x"
    )
    client.force_login(nobody)
    for path in put_by_others(client):
        address = re.sub(r"{\w+}", "1", path)
        asked = client.get(address), client.put(address, {}, content_type="application/json")
        assert [one.status_code for one in asked] == [403, 403], path


def test_every_record_put_by_another_system_is_answered_by_the_same_names(client):
    said = json.loads(client.get("/api/v1/openapi.json").content)
    known = {"id", "outcome", "level", "code"}  # an accident's level, a tip's code to follow it by
    for path, verbs in said["paths"].items():
        if "put" not in verbs or not path.endswith("{source_id}"):
            continue
        answer = verbs["put"]["responses"]["200"]["content"]["application/json"]["schema"]
        fields = set(said["components"]["schemas"][answer["$ref"].rsplit("/", 1)[1]]["properties"])
        assert "id" in fields <= known, path
