"""Files that are none: refused with a reason at every door of checks, risk points and posts."""

import io
import zipfile

import pytest
from tests.operations.checks.conftest import checker, ok, submission

from anlan.operations.checks.actions import submit_check
from anlan.operations.checks.models import CheckPhoto
from anlan.vocabulary import clock

pytestmark = pytest.mark.django_db(databases="__all__")
DOORS = (("officer", "/checks/items/import"), ("manager", "/risks/import"),
         ("manager", "/posts/import"))  # fmt: skip


def bomb():
    """A workbook whose sheet unpacks to 400 MB."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(100):
                sheet.write(b"\0" * (4 * 1024**2))
    return sink.getvalue()


@pytest.mark.parametrize("kind", ["bomb", "program", "picture"])
def test_a_table_that_is_none_is_refused_with_a_reason(people, works, kind):
    raw = {"bomb": bomb, "program": lambda: b"MZ" + b"\x90\0" * 500,
           "picture": lambda: b"<svg onload='alert(1)'/>"}[kind]()  # fmt: skip
    for who, door in DOORS:
        sent = io.BytesIO(raw)
        sent.name = "rows.xlsx"
        answer = people[who].browser.post(door, {"file": sent})
        assert answer.status_code == 422, door
        assert 'role="alert"' in answer.content.decode(), door


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xff\xd8\xff" + b"\0" * (20 * 1024**2), "照片不能超过"),
        (b"MZ" + b"\0" * 500, "这不是照片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "这不是照片"),
    ],
    ids=["20 MB", "program", "svg"],
)
def test_a_photo_that_is_none_is_refused_with_a_reason(task, people, raw, why):
    submit_check(checker(people["manager"]), submission(task, ok("exit", "wiring")))
    sent = io.BytesIO(raw)
    sent.name = "photo.jpg"
    given = {"key": "a" * 32, "code": "exit", "taken_at": clock.now().isoformat(), "photo": sent}
    answer = people["manager"].browser.post("/fieldwork/photos", given)
    assert answer.status_code == 409
    assert why in answer.json()["detail"]
    assert not CheckPhoto.objects.exists()
