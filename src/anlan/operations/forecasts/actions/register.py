import tomllib
from pathlib import Path

from anlan.operations.forecasts.models import Reach
from anlan.operations.forecasts.rules.river import Settings
from anlan.operations.people.actions import Actor, act


def load_district_files(actor: Actor, folder: Path) -> int:
    """Take over the reaches of the district's `forecasts.toml`; returns how many.

    Raises `KeyError` or `ValueError`, changing nothing, when a figure is missing or impossible.
    """
    path = folder / "forecasts.toml"
    if not path.exists():
        return 0
    tables = tomllib.loads(path.read_text(encoding="utf-8"))["reach"]
    for table in tables:
        Settings.from_mapping(table)
    with act("forecasts.load_reaches", actor) as this:
        for table in tables:
            named = {name: table[name] for name in ("name", "upstream", "station", "downstream")}
            Reach.objects.update_or_create(
                code=table["code"], defaults={**named, "settings": table}
            )
        this.on("reach", "all", f"{len(tables)} reaches")
    return len(tables)
