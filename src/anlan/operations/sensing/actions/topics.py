"""Topic maps of MQTT devices: written, replaced and retired by people, never overwritten."""

from collections.abc import Mapping
from pathlib import Path

from anlan.operations.people.actions import Actor, act, looking_again
from anlan.operations.sensing.models import TopicMapping
from anlan.protocols.mqtt.written import FIELDS, BadMap, Wrong, read_file, read_map
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_


class NoSuchMap(LookupError):
    """The map is not in use."""


@looking_again
def save_topic_map(
    actor: Actor, written: Mapping[str, str], *, source: str = "", replaces: int | None = None
) -> int:
    """Keep a map; `replaces` names the row it takes the place of. Returns its row.

    The same map again changes nothing. Raises `BadMap` with every field that is wrong.
    """
    read_map(written)
    fields = {name: written.get(name, "").strip() for name in FIELDS}
    with act("sensing.save_topic_map", actor) as this:
        current = TopicMapping.objects.select_for_update().filter(replaced_at=None)
        same = current.filter(name=fields["name"]).exclude(pk=replaces or 0).first()
        if same is not None and replaces is not None:
            raise BadMap({"name": Wrong(N_("another map has this name"))})
        before = same or current.filter(pk=replaces or 0).first()
        if before is not None and all(getattr(before, k) == v for k, v in fields.items()):
            this.on("topic_map", before.pk, before.name)
            this.detail = {"repeat": True}
            return int(before.pk)
        if before is not None:
            before.replaced_at = clock.now()
            before.save(update_fields=["replaced_at"])
        row = TopicMapping.objects.create(
            **fields, source=source, written_at=clock.now(), written_by=actor.label
        )
        this.on("topic_map", row.pk, row.name)
        return int(row.pk)


def retire_topic_map(actor: Actor, row_id: int) -> None:
    """Use a map no longer; raises `NoSuchMap` when it is not in use."""
    with act("sensing.retire_topic_map", actor) as this:
        row = TopicMapping.objects.select_for_update().filter(pk=row_id, replaced_at=None).first()
        if row is None:
            raise NoSuchMap(row_id)
        row.replaced_at = clock.now()
        row.save(update_fields=["replaced_at"])
        this.on("topic_map", row.pk, row.name)


def use_topic_map_again(actor: Actor, row_id: int) -> int:
    """Put a retired map back into use as a new version; returns its row.

    Raises `NoSuchMap` for a map that nobody retired, `BadMap` where another has its name now.
    """
    row = TopicMapping.objects.exclude(replaced_at=None).filter(pk=row_id).first()
    if row is None:
        raise NoSuchMap(row_id)
    if TopicMapping.objects.filter(name=row.name, replaced_at=None).exists():
        raise BadMap({"name": Wrong(N_("another map has this name"))})
    return save_topic_map(actor, {name: getattr(row, name) for name in FIELDS}, source=row.source)


def take_topic_file(actor: Actor, body: bytes) -> int:
    """The maps of a file, all or none; returns how many. Raises `BadMap`."""
    entries = read_file(body)
    with act("sensing.take_topic_file", actor) as this:
        this.on("topic_file", 0, f"{len(entries)}")
        for entry in entries:
            save_topic_map(actor, entry, source=entry.get("source", ""))
    return len(entries)


def load_topic_files(actor: Actor, folder: Path) -> int:
    """The maps of the district's `topics.toml`; returns how many."""
    path = folder / "topics.toml"
    return take_topic_file(actor, path.read_bytes()) if path.exists() else 0
