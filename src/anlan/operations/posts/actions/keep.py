"""Posts, their people and their two cards."""

from collections.abc import Collection, Mapping
from typing import Any

from anlan.operations.deadlines.actions import NewItem, close_each, close_item, open_item
from anlan.operations.deadlines.queries import on_a_desk
from anlan.operations.people.actions import PLATFORM, Actor, act, log_view, seal_text, unseal_text
from anlan.operations.posts.actions.certify import CLOSED, let_go
from anlan.operations.posts.events import PostMoved
from anlan.operations.posts.models import Post, PostCard, Worker
from anlan.operations.posts.queries.files import stale
from anlan.operations.posts.rules.quiz import masked_name
from anlan.operations.posts.rules.words import CARD_WORDS, CERTIFICATE_WORDS, CHAIN, KEEP
from anlan.operations.registers.queries import clean
from anlan.operations.risks.queries.told import Told, told_of
from anlan.operations.safety.queries.persons import people_of
from anlan.vocabulary import clock
from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_

LONGEST_NAME = 30
CARDS = "post-cards:"


def open_post(actor: Actor, enterprise_id: int, values: Mapping[str, Any]) -> int:
    """Open a post; its id. `risks`: ids of the enterprise's risk points. Raises `Refused`."""
    with act("posts.open", actor) as this:
        if Post.objects.filter(
            enterprise=enterprise_id, name=values["name"], closed_at=None
        ).exists():
            raise Refused(N_("There is a post of this name already."))
        post = Post(enterprise_id=enterprise_id, opened_at=clock.now())
        _fill(post, values)
        this.on("post", post.pk, post.name)
        this.publish(PostMoved(post_id=post.pk, enterprise_id=enterprise_id, verb="open"))
    return post.pk


def change_post(actor: Actor, post_id: int, values: Mapping[str, Any]) -> None:
    """Change what a post is; its cards are made anew by `make_cards`."""
    with act("posts.change", actor) as this:
        post = Post.objects.select_for_update().get(pk=post_id)
        others = Post.objects.filter(enterprise=post.enterprise_id, closed_at=None)
        if others.filter(name=values["name"]).exclude(pk=post_id).exists():
            raise Refused(N_("There is a post of this name already."))
        before = {"risks": post.risks, "certificates": post.certificates, "duties": post.duties}
        _fill(post, values)
        this.on("post", post.pk, post.name)
        this.detail = {"before": before}
        this.publish(PostMoved(post_id=post.pk, enterprise_id=post.enterprise_id, verb="change"))


def _fill(post: Post, values: Mapping[str, Any]) -> None:
    post.name, post.place = values["name"], values.get("place", "")
    post.duties = values.get("duties", "")
    known = {one.id for one in told_of(post.enterprise_id)}
    post.risks = sorted(set(values.get("risks", ())) & known)
    post.certificates = sorted(set(values.get("certificates", ())) & set(CERTIFICATE_WORDS))
    post.save()


def add_worker(actor: Actor, post_id: int, name: str, account_id: int | None = None) -> int:
    """Somebody works at the post from now on; the id."""
    name = clean(name)
    if not name or len(name) > LONGEST_NAME or "\n" in name:
        raise Refused(N_("Write the name, at most %(most)d characters."), most=LONGEST_NAME)
    with act("posts.add_worker", actor) as this:
        post = Post.objects.select_for_update().get(pk=post_id, closed_at=None)
        if worker_named(post, name) is not None:
            raise Refused(N_("%(name)s works at this post already."), name=name)
        if account_id is not None and account_id not in people_of(post.enterprise_id):
            raise Refused(N_("This account does not work for the enterprise."))
        one = Worker.objects.create(
            post=post, name_sealed=seal_text(name), shown=masked_name(name),
            account_id=account_id, since=clock.now(),
        )  # fmt: skip
        this.on("worker", one.pk, one.shown)
    return one.pk


def worker_named(post: Post, name: str) -> Worker | None:
    """Whoever of that name works at the post now."""
    people = post.workers.filter(until=None, shown=masked_name(name))
    return next((one for one in people if unseal_text(one.name_sealed) == name), None)


def end_worker(actor: Actor, worker_id: int) -> None:
    """Somebody works there no more; the record stays."""
    with act("posts.end_worker", actor) as this:
        one = Worker.objects.select_for_update().get(pk=worker_id)
        _end(one, actor)
        this.on("worker", one.pk, one.shown)


def _end(one: Worker, actor: Actor) -> None:
    one.until = one.until or clock.now()
    one.save(update_fields=["until"])
    let_go(one, actor.label)


def close_post(actor: Actor, post_id: int) -> None:
    """The post is no more: nobody works there, nothing of it waits; its record stays."""
    with act("posts.close", actor) as this:
        post = Post.objects.select_for_update().get(pk=post_id)
        for one in post.workers.filter(until=None):
            _end(one, actor)
        post.closed_at = post.closed_at or clock.now()
        post.save(update_fields=["closed_at"])
        close_item(f"{CARDS}{post.pk}", actor.label)
        this.on("post", post.pk, post.name)
        this.publish(PostMoved(post_id=post.pk, enterprise_id=post.enterprise_id, verb="close"))


def show_names(actor: Actor, post: Post) -> dict[int, str]:
    """The plain names of the people of a post, by id; who looked is recorded."""
    people = post.workers.filter(until=None)
    with act("posts.show_names", actor) as this:
        log_view(actor, "post", post.pk, post.name, ["name"])
        this.on("post", post.pk, post.name)
        return {one.pk: unseal_text(one.name_sealed) for one in people}


def make_cards(actor: Actor, post_id: int) -> int:
    """Make both cards from the post's risk points as they stand; how many are a new version."""
    with act("posts.make_cards", actor) as this:
        post = Post.objects.select_for_update().get(pk=post_id)
        risks = told_of(post.enterprise_id, post.risks)
        if not risks:
            raise Refused(N_("Choose the risk points of the post first."))
        fresh = sum(_card(actor, post, kind, risks) for kind in CARD_WORDS)
        close_item(f"{CARDS}{post.pk}", actor.label)
        this.on("post", post.pk, post.name)
        this.detail = {"new": fresh}
        if fresh:
            moved = PostMoved(post_id=post.pk, enterprise_id=post.enterprise_id, verb="cards")
            this.publish(moved)
    return fresh


def _card(actor: Actor, post: Post, kind: str, risks: list[Told]) -> bool:
    lines = [_line(one, kind) for one in risks]
    if kind == "know" and post.duties:
        lines.append({"duties": post.duties})
    versions = {f"{one.id}": one.version for one in risks}
    last = post.cards.filter(kind=kind).order_by("-version").first()
    if last is not None and (last.lines, last.versions) == (lines, versions):
        return False
    PostCard.objects.create(
        post=post, kind=kind, version=last.version + 1 if last else 1, lines=lines,
        versions=versions, made_at=clock.now(), made_by=actor.label,
    )  # fmt: skip
    return True


def _line(risk: Told, kind: str) -> dict[str, Any]:
    line: dict[str, Any] = {"name": risk.name, "level": risk.level, "accidents": risk.accidents}
    if kind == "emergency":
        return line | {"do": risk.controls.get("emergency", ""), "responsible": risk.responsible}
    kept = {key: text for key, text in risk.controls.items() if key != "emergency"}
    return line | {"hazards": risk.hazards, "controls": kept}


def ask_for_new_cards(enterprise_id: int, risk_id: int) -> None:
    """A risk point has another version: its posts' cards wait to be made anew, unless the
    enterprise is closed."""
    posts = Post.objects.select_related("enterprise").filter(
        enterprise=enterprise_id, closed_at=None
    )
    for post in posts.exclude(enterprise__state=CLOSED):
        if risk_id in post.risks and post.cards.exists():
            _ask_for_cards(post)


def follow_cards(enterprises: Collection[int]) -> None:
    """Of enterprises, by id, that are closed no cards are made anew; of one open again those are
    whose risk points have other versions since."""
    posts = Post.objects.filter(enterprise__in=enterprises, closed_at=None)
    gone = posts.filter(enterprise__state=CLOSED).values_list("pk", flat=True)
    close_each([f"{CARDS}{pk}" for pk in gone])
    back = posts.exclude(enterprise__state=CLOSED).exclude(on_a_desk(CARDS))
    for post in back.select_related("enterprise"):
        if stale(post):
            _ask_for_cards(post)


def _ask_for_cards(post: Post) -> None:
    with act("posts.cards_stale", PLATFORM) as this:
        open_item(
            NewItem(
                key=f"{CARDS}{post.pk}", kind="posts.cards",
                title=N_("Make the cards of %(name)s anew"), action=N_("Make them"),
                link=f"/posts/{post.pk}", right=KEEP, area_code=post.enterprise.area_code,
                sector=post.enterprise.sector, parameters={"name": post.name},
                detail=post.enterprise.name,
                owner_id=next(iter(people_of(post.enterprise_id, "enterprise")), None),
                enterprise=post.enterprise_id, chain=CHAIN,
            )
        )  # fmt: skip
        this.on("post", post.pk, post.name)
