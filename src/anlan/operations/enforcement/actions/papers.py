"""Papers of a case: numbered in the step's own transaction, set twice, sealed, never changed."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.translation import override, pgettext

from anlan.backbone.papers import docx, pdf, plain
from anlan.operations.enforcement.actions.party import party_of
from anlan.operations.enforcement.actions.secrets import parted, sealed, whole
from anlan.operations.enforcement.models import (
    Case,
    EnforcementUnit,
    Paper,
    PaperCounter,
    PaperFile,
)
from anlan.operations.enforcement.queries.officers import standing_on
from anlan.operations.enforcement.queries.penalties import given_said, penalty_said
from anlan.operations.enforcement.queries.state import day_of, facts, owed, still_open
from anlan.operations.enforcement.queries.typed import text_of, tidy
from anlan.operations.enforcement.rules.forms import FORMS, PAPER_WORDS
from anlan.operations.enforcement.rules.loop import LEAST_OFFICERS, Person
from anlan.operations.enforcement.rules.states import CASE, HANDLE
from anlan.operations.people.actions import Actor, act, log_view, seal_text, unseal_text
from anlan.operations.people.queries.days import full_day_words
from anlan.operations.registers.actions import next_number
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

FOLDER = Path(__file__).parents[1] / "templates" / "enforcement" / "papers"
MAKERS = {"docx": docx, "pdf": pdf}
WORDED = ("text", "long")  # what a correction may change


def issue(case: Case, kind: str, verb: str, said: Mapping[str, Any], actor: Actor) -> Paper:
    """Number and keep a paper; call inside the step's transaction, after its row is written."""
    unit = EnforcementUnit.objects.get(code=case.unit)
    number = _number(unit, kind, clock.today().year)
    then = _then(case)
    words = written(case, kind, number, (verb, said), then)
    plain, secrets = parted(verb, said)
    paper = Paper.objects.create(
        case=case, kind=kind, number=number, words_sealed=seal_text(words),
        said={"verb": verb, "then": then, **plain}, secrets_sealed=sealed(secrets),
        issued_at=clock.now(), issued_by=actor.label,
    )  # fmt: skip
    _keep_files(paper, words)
    return paper


def correct_paper(
    doer: tuple[Actor, Person], paper_id: int, given: Mapping[str, str], why: str
) -> int:
    """Issue a new version with other words; amounts, days and rows stay. Its id.

    By whoever may take the step that the paper is of. Raises `Refused`.
    """
    actor, person = doer
    with act("enforcement.correct_paper", actor) as this:
        old = Paper.objects.select_for_update().filter(pk=paper_id).first()
        if old is None or Paper.objects.filter(replaces=old).exists():
            raise Refused(N_("There is no such paper, or it has been corrected already."))
        case, verb = old.case, str(old.said["verb"])
        _may_correct(case, verb, person)
        if not why.strip():
            raise Refused(N_("Say why."))
        said = whole(old) | {
            one.key: text
            for one in FORMS[verb]
            if one.kind in WORDED and (text := tidy(one, given.get(one.key, "")))
        }  # fmt: skip
        words = written(case, old.kind, old.number, (verb, said),
                        _then(case) | (old.said.get("then") or {}), (old, why.strip()))  # fmt: skip
        plain, secrets = parted(verb, said)
        fresh = Paper.objects.create(
            case=case, kind=old.kind, number=old.number, version=old.version + 1, replaces=old,
            why=why.strip()[:300], words_sealed=seal_text(words), said=plain,
            secrets_sealed=sealed(secrets), issued_at=clock.now(), issued_by=actor.label,
        )  # fmt: skip
        _keep_files(fresh, words)
        this.on("case", case.pk, str(case))
        this.detail = {"paper": fresh.number, "version": fresh.version, "why": fresh.why}
    return fresh.pk


def _may_correct(case: Case, verb: str, person: Person) -> None:
    right = next(step.right for step in CASE.steps if step.verb == verb)
    state = facts(case, clock.today())
    if right not in person.rights or person.organisation != case.unit:
        raise Refused(N_("Your role may not take this step."))
    if len(state.officers) < LEAST_OFFICERS:
        raise Refused(N_("At least two officers with valid certificates must be on the case."))
    if (person.id in state.officers) != (right == HANDLE):
        raise Refused(N_("Only an officer of the case with a valid certificate may do this."))


def paper_file(actor: Actor, paper: Paper, form: str) -> bytes:
    """The open file of a paper; who took it is recorded. Raises `Refused` when it was altered."""
    kept_file = PaperFile.objects.filter(paper=paper, form=form).first()
    if kept_file is None:
        raise Refused(N_("There is no such paper, or it has been corrected already."))
    raw = b64decode(unseal_text(kept_file.sealed))
    if sha256(raw).hexdigest() != kept_file.sha256:
        raise Refused(N_("The file does not match its fingerprint."))
    log_view(actor, "case", paper.case_id, f"{paper.case} {paper.number}", ["paper", form])
    return raw


def _keep_files(paper: Paper, words: str) -> None:
    for form, make in MAKERS.items():
        raw = make(words)
        PaperFile.objects.create(
            paper=paper, form=form, sealed=seal_text(b64encode(raw).decode()),
            sha256=sha256(raw).hexdigest(),
        )  # fmt: skip


def _number(unit: EnforcementUnit, kind: str, year: int) -> str:
    count = next_number(PaperCounter.objects, unit=unit.code, kind=kind, year=year)
    return f"（{unit.mark}）{unit.words.get(kind, kind)}〔{year}〕{count}号"


def written(
    case: Case, kind: str, number: str, step: tuple[str, Mapping[str, Any]],
    then: Mapping[str, Any], correction: tuple[Paper, str] | None = None,
) -> str:  # fmt: skip
    """What the paper says, as marked lines (`backbone.papers`), always in Chinese.

    `then`: days, amounts and officers when it was issued; a correction keeps them.
    """
    with override("zh-hans"):
        context = _context(case, *step) | dict(then)
        days = then["day"].items()
        context["day"] = {key: full_day_words(day_of(said)) for key, said in days}
        context |= {"number": number, "title": pgettext(*PAPER_WORDS[kind])}
        body = _engine().get_template(f"{kind}.txt").render(Context(context, autoescape=False))
        lines = [said for line in body.split("\n") if (said := _told(line)).strip()]
        if correction is not None:
            old, why = correction
            lines.append("=")
            lines.append(f"= 本文书为更正件，替代 {full_day_words(old.issued_at)} 制作的"
                         f"{old.number}第 {old.version} 版。更正理由：{plain(why)}")  # fmt: skip
    return "\n".join(lines)


def _told(line: str) -> str:
    """A row of the form without the labels behind which nothing stands; where somebody is to write
    by hand a wide space does."""
    cells = line.strip(" ").removeprefix("|").removesuffix("|").split("|")
    if not line.startswith("|") or len(cells) % 2:
        return line
    pairs = zip(cells[::2], cells[1::2], strict=True)
    kept = [f"|{label}|{said}" for label, said in pairs if said.strip(" ")]
    return "".join(kept) + "|" if kept else ""


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(FOLDER)], autoescape=False)


def _context(case: Case, verb: str, said: Mapping[str, Any]) -> dict[str, Any]:
    today = clock.today()
    earlier = {
        row.verb.replace(" ", "_"): _texts(row.verb, whole(row))
        for row in case.steps.order_by("id")
    }
    return {
        "unit": EnforcementUnit.objects.get(code=case.unit), "case": case,
        "today": full_day_words(today),
        "party": {key: plain(value) for key, value in party_of(case).items()},
        "person": case.party_kind == "person", "s": _texts(verb, said), "step": earlier,
        "row": case.row, "given": given_said(case.row.others) if case.row else "",
        "least": f"{case.row.least:,.2f}" if case.row else "",
        "most": f"{case.row.most:,.2f}" if case.row else "",
        "decision": case.papers.filter(kind__in=("decision", "summary_decision"))
        .values_list("number", flat=True).first() or "",
        "papers": list(dict.fromkeys(case.papers.order_by("id").values_list("number", flat=True))),
        "filed_on": full_day_words(case.filed_on) if case.filed_on else "",
        "answer_days": "五个工作日内" if case.hearing_right else "三个工作日内",
        "appeals": list(case.appeals.order_by("id")),
    }  # fmt: skip


def _then(case: Case) -> dict[str, Any]:
    """What a paper is issued on: running days, amounts, who handles the case; in Chinese."""
    today = clock.today()
    penalty = case.penalty if case.decided_on else case.intention
    with override("zh-hans"):
        penalty_words = penalty_said(penalty, case.terms, capitals=True)
    officers = case.officers.filter(standing_on(today, "certificate__"), until=None)
    whole = owed(case, today)
    return {
        "day": dict(case.dues), "penalty": penalty_words,
        "fine": penalty.fine > 0, "gains": penalty.gains > 0, "duties": bool(penalty.carried_out),
        "owed": f"{whole + case.gains:,.2f}", "paid": f"{case.paid + case.gains_paid:,.2f}",
        "open": f"{still_open(case, today):,.2f}",
        "officers": [{"name": one.certificate.holder, "number": one.certificate.number}
                     for one in officers.select_related("certificate").order_by("id")],
        "instalments": [
            {"on": full_day_words(date.fromisoformat(day)), "amount": f"{Decimal(amount):,.2f}"}
            for day, amount in case.instalments
        ],
    }  # fmt: skip


def _texts(verb: str, said: Mapping[str, Any]) -> dict[str, str]:
    return {
        one.key: plain(text_of(one, str(said[one.key])))
        for one in FORMS.get(verb, ()) if said.get(one.key)
    }  # fmt: skip
