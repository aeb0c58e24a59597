"""Writes docs/proof.md: what was proven at full count, when, on which machine."""

import os
import platform
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

PAGE = Path(__file__).resolve().parents[1] / "docs" / "proof.md"


def processor():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def write(proofs):
    today = datetime.now(ZoneInfo("Asia/Shanghai"))  # noqa: TID251 - the date of a real run
    lines = [
        "# Proof", "",
        "What `make prove` measured at full count. Run it again when its subject changes.", "",
        f"- Date: {today:%Y-%m-%d}",
        f"- Machine: {os.cpu_count()} cores, {processor()}, {platform.system()}",
        f"- Python {platform.python_version()}", "",
    ]  # fmt: skip
    for subject in dict.fromkeys(subject for subject, _sentence in proofs):
        lines += [f"## {subject}", ""]
        lines += [f"- {sentence}" for one, sentence in proofs if one == subject]
        lines.append("")
    PAGE.write_text("\n".join(lines), encoding="utf-8")
