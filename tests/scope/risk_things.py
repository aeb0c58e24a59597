"""A risk point, a plan and a major hazard source that Ciqikou street wrote down for a works."""

import io
from datetime import date

from PIL import Image

from anlan.operations.people.actions import PLATFORM, as_actor
from anlan.operations.people.models import Account
from anlan.operations.people.queries import scope_of
from anlan.operations.posts import actions as posts
from anlan.operations.posts.actions import NewMeeting
from anlan.operations.posts.models import Attendance, PostCard
from anlan.operations.registers.queries import Look
from anlan.operations.risks import actions
from anlan.operations.risks.queries.scope import person_of
from anlan.operations.risks.rules.major_hazard import Held

RATED = {
    "name": "厨房燃气", "kind": "place", "place": "厨房", "hazards": "燃气泄漏",
    "accidents": ["18"],
    "method": "matrix", "likely": "3", "severe": "4", "emergency": "关阀", "holder": "company",
    "responsible": "罗建",
}  # fmt: skip


def risk_things(enterprise_id: int) -> dict[str, int]:
    street = Account.objects.get(username="ciqikou")
    who = as_actor(street), person_of(scope_of(street))
    sink = io.BytesIO()
    Image.new("RGB", (8, 8)).save(sink, "PNG")
    unit = {"name": "气瓶间", "kind": "storage", "exposed": 100}
    risk = actions.identify_risk(*who, enterprise_id, RATED)
    return {
        "risk_id": risk,
        "plan_id": actions.keep_plan(*who, enterprise_id, "一层", sink.getvalue()),
        "hazard_id": actions.keep_major_hazard(*who, enterprise_id, unit, [Held("lpg", 60)]),
        "sent_file_id": _file("ciqikou", "risks"),
        "post_file_id": _file("qiye", "posts"),
        "policy_file_id": _file("ciqikou", "policies"),
        "provider_file_id": _file("anjian", "providers"),
        "inspectors_file_id": _file("ciqikou", "inspectors"),
        **_post_things(enterprise_id, risk),
    }


def _file(who: str, kind: str) -> int:
    """A file that somebody sent in and has not taken."""
    sender = as_actor(Account.objects.get(username=who))
    return actions.keep_file(sender, kind, "表.csv", b"x", lambda raw: Look())


def _post_things(enterprise_id: int, risk: int) -> dict[str, int]:
    post = posts.open_post(PLATFORM, enterprise_id, {"name": "厨房岗", "risks": [risk]})
    worker = posts.add_worker(PLATFORM, post, "罗建")
    posts.make_cards(PLATFORM, post)
    values = {"kind": "manager", "number": "T1", "expires_on": date(2099, 1, 1)}
    meeting = posts.hold_meeting(PLATFORM, post, NewMeeting(key="walked", present=[worker]))
    return {
        "post_id": post, "worker_id": worker, "meeting_id": meeting,
        "card_id": PostCard.objects.filter(post=post).latest("id").pk,
        "certificate_id": posts.keep_certificate(PLATFORM, worker, values),
        "attendance_id": Attendance.objects.get(meeting=meeting).pk,
    }  # fmt: skip
