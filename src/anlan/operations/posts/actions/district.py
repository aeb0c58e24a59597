"""The district's `posts.toml`: the item bank, and some posts to look at."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.posts.actions.certify import keep_certificate
from anlan.operations.posts.actions.keep import add_worker, make_cards, open_post
from anlan.operations.posts.actions.meet import NewMeeting, answer_quiz, hold_meeting
from anlan.operations.posts.models import Attendance, Post, QuizItem
from anlan.operations.posts.queries.files import questions
from anlan.operations.risks.queries.told import told_of
from anlan.operations.safety.queries.enterprises import enterprise_of
from anlan.operations.safety.queries.persons import people_of
from anlan.vocabulary import clock


def load_district_files(actor: Actor, folder: Path) -> int:
    """Load the district's `posts.toml`; how many posts. Twice changes nothing."""
    path = folder / "posts.toml"
    if not path.exists():
        return 0
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    with act("posts.load_items", actor) as this:
        for item in given.get("item", []):
            QuizItem.objects.update_or_create(question=item.pop("question"), defaults=item)
        this.on("quiz items", "all", "")
    if Post.objects.exists():
        return 0
    for entry in given.get("post", []):
        _load_post(dict(entry))
    return len(given.get("post", []))


def _load_post(entry: dict[str, Any]) -> None:
    enterprise = enterprise_of(entry.pop("credit_code"))
    if enterprise is None:
        return
    named = set(entry.pop("risk_names", []))
    risks = [one.id for one in told_of(enterprise) if one.name in named]
    workers = entry.pop("workers", [])
    meets = entry.pop("meeting", False)
    leaders = people_of(enterprise, "post_staff") or people_of(enterprise)
    leader = next((Actor(pk, name) for pk, name in leaders.items()), PLATFORM)
    post = open_post(PLATFORM, enterprise, entry | {"risks": risks})
    people = [_load_worker(post, dict(one), leader) for one in workers]
    make_cards(PLATFORM, post)
    if meets and leader.id is not None:
        new = NewMeeting(key=f"demo:{post}", present=people, remarks="新换砂轮，注意火花")
        _answer(leader, hold_meeting(leader, post, new))


def _load_worker(post: int, given: dict[str, Any], leader: Actor) -> int:
    """`days`: how long the certificate still lasts from today, negative when it has ended."""
    account = leader.id if given["name"] in leader.label else None
    worker = add_worker(PLATFORM, post, given["name"], account)
    today = clock.today()
    for kind, number, days in given.get("certificates", []):
        ends = today + timedelta(days=days)
        keep_certificate(PLATFORM, worker, {"kind": kind, "number": number, "expires_on": ends})
    return worker


def _answer(leader: Actor, meeting: int) -> None:
    """The first of a demo meeting has answered, all right."""
    first = Attendance.objects.select_related("meeting").filter(meeting=meeting).first()
    if first is not None:
        answer_quiz(leader, first.pk, {item.pk: item.answer for item in questions(first)})
