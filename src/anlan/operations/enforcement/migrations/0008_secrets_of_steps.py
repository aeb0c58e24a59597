import json

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from anlan.operations.people.actions import seal_text

# By step, what its form asks of people who are not of the office.
SERVICE = ("receiver", "place")
SECRET = {
    "inspect": ("present",), "fine on the spot": ("statement",),
    "hear the party": ("statement", "answer"), "waive": ("statement",),
    "ask for a hearing": ("statement",), "hold the hearing": ("record",),
    "serve the notice": SERVICE, "serve": SERVICE, "serve the reminder": SERVICE,
}  # fmt: skip


def seal(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """What stood open in steps and papers is sealed where it is."""
    steps = apps.get_model("enforcement", "CaseStep").objects
    for one in steps.filter(verb__in=SECRET).iterator(500):
        open_part, sealed = _parts(one.said, one.verb)
        if sealed:
            steps.filter(pk=one.pk).update(
                said=open_part, secret=list(sealed), secrets_sealed=_sealed(sealed)
            )
    papers = apps.get_model("enforcement", "Paper").objects
    for pk, said in papers.values_list("pk", "said").iterator(500):
        open_part, sealed = _parts(said, str(said.get("verb", "")))
        if sealed:
            papers.filter(pk=pk).update(said=open_part, secrets_sealed=_sealed(sealed))


def _parts(said: dict[str, object], verb: str) -> tuple[dict[str, object], dict[str, object]]:
    keys = SECRET.get(verb, ())
    sealed = {key: text for key, text in said.items() if key in keys and text}
    return {key: text for key, text in said.items() if key not in keys}, sealed


def _sealed(words: dict[str, object]) -> bytes:
    return seal_text(json.dumps(words, ensure_ascii=False))


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0007_other_publications")]

    operations = [
        migrations.AddField("case", "recheck_asked_on", models.DateField(null=True)),
        migrations.AddField("casestep", "secret", models.JSONField(default=list)),
        migrations.AddField("casestep", "secrets_sealed", models.BinaryField(default=b"")),
        migrations.AddField("paper", "secrets_sealed", models.BinaryField(default=b"")),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
