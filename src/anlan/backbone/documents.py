"""Which document bytes are: PDF, DOCX or XLSX, told by what they hold and never by a name.

What somebody sends is distrusted. A document is taken only when it can be looked into, does nothing
of its own when it is opened (scripts, programs, macros, what it fetches from elsewhere), and is
nothing else beside: a file that is two things at once is none.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping

import pikepdf
from lxml import etree

from anlan.backbone.papers import DOCX, PDF
from anlan.backbone.workbooks import XLSX
from anlan.vocabulary.words import N_

MOST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 5_000
MOST_PART_READ = 4 * 1024 * 1024
MOST_DEPTH = 200
HEAD = 1024  # as far as readers of PDF look for its mark
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
TYPES, RELATIONS = "[Content_Types].xml", ".rels"
_MAIN: Mapping[str, str] = {f"{one}.main+xml": one for one in (DOCX, XLSX)}
_RUNS = {"/JavaScript", "/Launch"}

NONE = N_("This is no document: only PDF, DOCX and XLSX are taken, and photos.")
BROKEN = N_("The document is damaged and cannot be looked into: save it anew.")
LOCKED = N_(
    "The document is encrypted: nobody could look into it later. Save it without a password."
)
OLD = N_("The file is encrypted or of an old kind (DOC, XLS): save it as DOCX or XLSX.")
SCRIPT = N_("The PDF holds a script or starts a program: print it into a new PDF.")
MACROS = N_("The document holds macros or programs: save it without them.")
FETCHES = N_("The document fetches something from elsewhere when it is opened: take that out.")
BOMB = N_("The document unpacks to more than is ever read.")
BOTH = N_("The file is two kinds of file at once.")


class Unfit(ValueError):
    """The bytes are no document that is taken; its text, marked for translation, says why."""


class NoDocument(Unfit):
    """The bytes begin like none of the three kinds."""


def document_media(raw: bytes) -> str:
    """The media type of a PDF, DOCX or XLSX. Raises `Unfit`; `NoDocument` for any other head."""
    if raw.startswith(b"%PDF-"):
        return _pdf(raw)
    if raw.startswith(OLE):
        raise Unfit(OLD)
    if raw.startswith(ZIP):
        return _office(raw)
    raise NoDocument(NONE)


def also_a_document(raw: bytes) -> bool:
    """Could a reader take the bytes, a picture say, for a PDF or an archive as well?"""
    return b"%PDF-" in raw[:HEAD] or zipfile.is_zipfile(io.BytesIO(raw))


def _pdf(raw: bytes) -> str:
    if zipfile.is_zipfile(io.BytesIO(raw)):
        raise Unfit(BOTH)
    pikepdf.settings.set_qpdf_limits(flate_max_memory=MOST_UNPACKED)
    try:
        with pikepdf.open(io.BytesIO(raw)) as pdf:
            if pdf.is_encrypted:
                raise Unfit(LOCKED)
            if not len(pdf.pages):
                raise Unfit(BROKEN)
            for one in pdf.objects:
                if isinstance(one, pikepdf.Stream) and one.get("/Type") == "/ObjStm":
                    one.read_bytes()  # raises where objects are hidden behind what is ever unpacked
                if _runs(one, 0):
                    raise Unfit(SCRIPT)
    except Unfit:
        raise
    except pikepdf.PasswordError:
        raise Unfit(LOCKED) from None
    except Exception as fault:  # qpdf and its binding raise whatever they raise
        raise Unfit(BROKEN) from fault
    return PDF


def _runs(one: pikepdf.Object, depth: int) -> bool:
    """Does the object, with what lies directly in it, hold a script, a program or an XFA form?"""
    if depth > MOST_DEPTH:
        return True
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        entries = dict((one.stream_dict if isinstance(one, pikepdf.Stream) else one).items())
        if "/JS" in entries or "/XFA" in entries or str(entries.get("/S", "")) in _RUNS:
            return True
        return any(_runs(inner, depth + 1) for inner in _direct(entries.values()))
    if isinstance(one, pikepdf.Array):
        return any(_runs(inner, depth + 1) for inner in _direct(one))
    return False


def _direct(inner: Iterable[object]) -> Iterable[pikepdf.Object]:
    """Those that stand in the object itself; what it refers to is looked at in its own turn."""
    return (one for one in inner if isinstance(one, pikepdf.Object) and not one.is_indirect)


def _office(raw: bytes) -> str:
    if b"%PDF-" in raw[:HEAD]:
        raise Unfit(BOTH)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            _fit(raw, packed, parts)
            types = _xml(packed, TYPES)
            names = {str(one.get("ContentType", "")) for one in types.iter("{*}*")}
            if any("macroenabled" in name.lower() or "vbaproject" in name.lower()
                   or "activex" in name.lower() for name in names):  # fmt: skip
                raise Unfit(MACROS)
            media = [_MAIN[name] for name in names if name in _MAIN]
            if len(media) != 1:
                raise Unfit(NONE)
            if any(_fetches(packed, one.filename) for one in parts):
                raise Unfit(FETCHES)
            if packed.testzip() is not None:
                raise Unfit(BROKEN)
    except Unfit:
        raise
    except Exception as fault:  # zipfile and lxml raise whatever damaged files make them raise
        raise Unfit(BROKEN) from fault
    return media[0]


def _fit(raw: bytes, packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Raises `Unfit` for an archive that is no plain package of parts."""
    # What is read of a part never exceeds the size stated here: zipfile sees to that.
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
        raise Unfit(BOMB)
    if packed.comment or parts[0].header_offset or raw[-22:-18] != b"PK\x05\x06":
        raise Unfit(BOTH)
    names = [one.filename for one in parts]
    if TYPES not in names:
        raise Unfit(NONE)
    if len({name.lower() for name in names}) != len(names) or any(map(_outside, names)):
        raise Unfit(BROKEN)
    if any(one.flag_bits & 1 for one in parts):
        raise Unfit(LOCKED)
    if any(_program(f"/{name.lower()}") for name in names):
        raise Unfit(MACROS)


def _program(part: str) -> bool:
    """Is the part a macro, a control, or a thing of unknown kind put into the document?"""
    if "/embeddings/" in part:
        return not part.endswith((".xlsx", ".docx"))
    return "/activex/" in part or part.endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs"))


def _outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _fetches(packed: zipfile.ZipFile, name: str) -> bool:
    """Does a part's list of relations name something outside that is opened with the document?"""
    if not name.endswith(RELATIONS):
        return False
    return any(
        str(one.get("TargetMode", "")).lower() == "external"
        and not str(one.get("Type", "")).endswith("/hyperlink")
        for one in _xml(packed, name).iter("{*}Relationship")
    )


def _xml(packed: zipfile.ZipFile, name: str) -> "etree._Element":
    if packed.getinfo(name).file_size > MOST_PART_READ:
        raise Unfit(BOMB)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    raw = packed.read(name)
    root = etree.fromstring(raw, parser)
    if b"<!DOCTYPE" in raw:  # no part of such a document has one
        raise Unfit(BROKEN)
    return root
