"""Documents of a policy: what is kept, what is refused and why, how it is given out."""

import io
from urllib.parse import unquote

import pytest
from django.test import Client
from tests import documents
from tests.operations.insurance.conftest import enter

from anlan.operations.insurance.models import PolicyDocument
from anlan.operations.safety.queries.photographs import sealed_file

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def policy(people, works):
    return enter(people["officer"], works)


def send(browser, policy, raw, name="保险单.pdf"):
    sent = io.BytesIO(raw)
    sent.name = name
    return browser.post(f"/insurance/{policy}/documents", {"document": sent}, follow=True)


@pytest.mark.parametrize(
    ("raw", "name", "called"),
    [
        (documents.pdf, "A-1 保险单.PDF", "A-1 保险单.pdf"),
        (documents.xlsx, "..\\..\\被保险人清单.pdf.exe", "被保险人清单.pdf.xlsx"),
        (documents.docx, "批单\u202efdp.docx", "批单fdp.docx"),
        (documents.pdf, "", None),
    ],
    ids=["pdf", "xlsx under another name", "docx turned round", "nameless"],
)
def test_a_document_is_given_back_as_a_file_under_its_true_kind(people, policy, raw, name, called):
    browser, bytes_sent = people["officer"].browser, raw()
    page = send(browser, policy, bytes_sent, name or "x").content.decode()
    kept = PolicyDocument.objects.get()
    if called is not None:
        assert called.rsplit(".", 1)[0] in page
    answer = browser.get(f"/insurance/documents/{kept.pk}")
    assert answer.content == bytes_sent
    assert answer["Content-Type"] == kept.media
    shown = unquote(answer["Content-Disposition"])
    assert shown.startswith("attachment")
    assert called is None or called in shown
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private")
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_only_who_sees_the_policy_gets_its_document(people, policy):
    send(people["officer"].browser, policy, documents.pdf())
    address = f"/insurance/documents/{PolicyDocument.objects.get().pk}"
    for name in ("officer", "industry", "street", "manager"):
        assert people[name].browser.get(address).status_code == 200, name
    for name in ("fire", "other_street", "stranger"):
        assert people[name].browser.get(address).status_code == 404, name
        assert send(people[name].browser, policy, documents.pdf()).status_code in (403, 404), name
    assert Client().get(address).status_code == 302


SAYS = {
    "a renamed program": "只接受 PDF", "SVG with a script": "只接受 PDF", "HTML": "只接受 PDF",
    "HTML behind the mark of PDF": "已损坏", "PDF with a packed script": "脚本",
    "PDF that starts a program": "启动程序", "PDF with a password": "已加密",
    "photo and archive": "两种格式", "DOCX and PDF": "两种格式", "old Word": "另存为",
    "DOCX that is a bomb": "解压后过大", "a photo of 20 MB": "照片不能超过 10 MB",
}  # fmt: skip


@pytest.mark.parametrize("kind", documents.BAD)
def test_a_bad_file_is_refused_with_a_reason_and_leaves_nothing(people, policy, kind):
    raw = documents.BAD[kind]()
    page = send(people["officer"].browser, policy, raw).content.decode()
    assert "al-note-error" in page
    assert SAYS.get(kind, "") in page
    assert not PolicyDocument.objects.exists()
    assert not sealed_file(documents.digest(raw)).exists()


def test_the_operator_says_how_large_a_document_may_be(people, policy, settings):
    settings.ANLAN_DOCUMENT_MB, settings.ANLAN_PHOTO_MB = 2, 1
    large = documents.pdf(documents.heavy(3))
    page = send(people["officer"].browser, policy, large).content.decode()
    assert "文件不能超过 2 MB，照片不能超过 1 MB" in page
    settings.ANLAN_DOCUMENT_MB = 4
    send(people["officer"].browser, policy, large)
    assert PolicyDocument.objects.get().size == len(large)
