"""Plans of an enterprise's ground: a distrusted picture, kept as it came; risk points on it."""

import hashlib
import io
import os
from pathlib import Path

from django.conf import settings
from PIL import Image

from anlan.operations.people.actions import Actor, act
from anlan.operations.risks.actions.steps import Taken, locked, settle
from anlan.operations.risks.models import SitePlan
from anlan.operations.risks.queries.state import facts
from anlan.operations.risks.rules.loop import Person, may_keep
from anlan.operations.safety.queries.persons import people_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def keep_plan(actor: Actor, person: Person, enterprise_id: int, name: str, raw: bytes) -> int:
    """Keep a plan; its id. The same picture again is the same plan. Raises `Refused`."""
    if not may_keep(person, enterprise_id, bool(people_of(enterprise_id))):
        raise Refused(N_("The enterprise's own people take this step."))
    media = _media(raw)
    digest = hashlib.sha256(raw).hexdigest()
    with act("risks.keep_plan", actor) as this:
        known = SitePlan.objects.filter(enterprise=enterprise_id, sha256=digest).first()
        if known is None:
            _keep(digest, raw)
            known = SitePlan.objects.create(
                enterprise_id=enterprise_id, name=name.strip()[:60], sha256=digest, media=media,
                size=len(raw), kept_at=clock.now(), kept_by=actor.label,
            )  # fmt: skip
        this.on("site plan", known.pk, known.name)
    return known.pk


def place_risk(
    actor: Actor, person: Person, risk_id: int, plan_id: int, at: tuple[float, float]
) -> None:
    """Put a risk point on a plan of its enterprise; `at`: 0 … 1 of width and height."""
    x, y = at
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise Refused(N_("Tap on the plan where it is."))
    with act("risks.place", actor) as this:
        risk = locked(risk_id)
        if not may_keep(person, risk.enterprise_id, facts(risk).claimed):
            raise Refused(N_("The enterprise's own people take this step."))
        plan = SitePlan.objects.filter(pk=plan_id, enterprise=risk.enterprise_id).first()
        if plan is None:
            raise Refused(N_("There is no such plan."))
        risk.plan, risk.x, risk.y = plan, round(x, 4), round(y, 4)
        said = {"plan": plan.pk, "x": risk.x, "y": risk.y}
        settle(this, actor, "place", risk.state, Taken(risk, said))


def plan_file(digest: str) -> Path:
    """Where the picture of a digest lies."""
    return Path(settings.ANLAN_HOME) / "evidence" / digest[:2] / digest


def _media(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise Refused(N_("A plan has at most %(most)d MB."), most=MOST_BYTES // 1024**2)
    try:
        with Image.open(io.BytesIO(raw), formats=tuple(FORMATS)) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Refused(N_("The plan has too many pixels."))
            picture.load()
            return FORMATS[str(picture.format)]
    except Refused:
        raise
    except Exception:  # Pillow raises whatever its readers raise
        raise Refused(N_("This is no picture: only JPEG, PNG and WebP are taken.")) from None


def _keep(digest: str, raw: bytes) -> None:
    """On the disk before the record of it is."""
    path = plan_file(digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{digest}.{os.getpid()}.part")
    with fresh.open("wb") as sink:
        sink.write(raw)
        sink.flush()
        os.fsync(sink.fileno())
    fresh.replace(path)
