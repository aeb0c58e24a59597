"""Foreign keys between contexts point down the story and leave no reverse door."""

from django.apps import apps

STORY = (
    "people registers messaging deadlines territory resources|sensing safety "
    "risks posts patrols "
    "checks enforcement hotline calls chemicals accidents oversight credit campaigns insurance "
    "responsibilities statistics "
    "transport forecasts alerts incidents response exercises training assessment links duty drills"
)
RANK = {app: place for place, floor in enumerate(STORY.split()) for app in floor.split("|")}


def keys_between_contexts():
    for model in apps.get_models():
        here = model._meta.app_label
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            there = field.related_model._meta.app_label
            if here in RANK and there in RANK and here != there:
                yield field, here, there


def test_keys_point_down_the_story():
    upward = [str(f) for f, here, there in keys_between_contexts() if RANK[there] >= RANK[here]]
    assert upward == []


def test_keys_leave_no_reverse_door():
    doors = [str(f) for f, _here, _there in keys_between_contexts() if not f.remote_field.hidden]
    assert doors == []


def test_every_context_has_its_place_in_the_story():
    ours = {a.label for a in apps.get_app_configs() if a.name.startswith("anlan.operations.")}
    assert ours <= set(RANK)
