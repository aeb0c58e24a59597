"""Every command: its words, its group, its arguments, and where its work is done.

A handler is named, not imported: a command loads only what it needs, and reading a captured frame
or computing a flood never loads the web framework.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anlan.vocabulary.words import N_


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument as argparse takes it; `help` is English, translated when it is shown."""

    flags: tuple[str, ...]
    help: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Command:
    """`words` as typed after ``anlan``; `handler` as ``module:function``."""

    words: tuple[str, ...]
    group: str
    summary: str
    handler: str
    arguments: tuple[Argument, ...] = ()


DAILY = N_("Every day")
APART = N_("The platform in parts, on one machine or several")
DRILLS = N_("Drills")
DATA = N_("The district's data")
DEVICES = N_("Devices and frames")
MODELS = N_("Calculations")
UPKEEP = N_("Upkeep")
GROUPS = (DAILY, APART, DRILLS, DATA, DEVICES, MODELS, UPKEEP)

_HERE = "anlan.portal.cli"
PORT = Argument(
    ("--port",),
    N_("web page port (8000 unless told otherwise)"),
    {"type": int, "default": 8000, "metavar": "PORT"},
)
HOST = Argument(
    ("--host",),
    N_("address to listen on (this machine only unless told otherwise)"),
    {"default": "127.0.0.1", "metavar": "ADDRESS"},
)
TIMES = Argument(
    ("--times",), N_("how many frames to send"), {"type": int, "default": 1, "metavar": "N"}
)
EVERY = Argument(
    ("--every",),
    N_("seconds between two frames"),
    {"type": float, "default": 5.0, "metavar": "S"},
)
LOAD = (
    Argument(
        ("--stations",),
        N_("play so many stations at once, addresses counted on from the first"),
        {"type": int, "metavar": "N"},
    ),
    Argument(
        ("--rate",),
        N_("frames a second over all stations (one a station unless told otherwise)"),
        {"type": float, "metavar": "R"},
    ),
    Argument(
        ("--for",),
        N_("for how many seconds"),
        {"type": float, "default": 60.0, "metavar": "S", "dest": "for_s"},
    ),
)
HOUSEHOLDS = Argument(
    ("--households",),
    N_("how many schematic households to make"),
    {"type": int, "metavar": "N"},
)
DISTRICT = Argument(
    ("--district",),
    N_("folder name of the district"),
    {"default": "shapingba", "metavar": "NAME"},
)
CASE = Argument(
    ("case",),
    N_("flood case as TOML, with its rasters and series beside it"),
    {"type": Path, "metavar": "CASE"},
)

FIELD_PORTS = (
    Argument(
        ("--sl651-port",),
        N_("port where stations send SL 651 frames"),
        {"type": int, "default": 5651, "metavar": "PORT"},
    ),
    Argument(
        ("--hj212-port",),
        N_("port where water-quality stations send HJ 212 frames"),
        {"type": int, "default": 5212, "metavar": "PORT"},
    ),
    Argument(
        ("--mqtt-port",),
        N_("port where sensors publish over MQTT"),
        {"type": int, "default": 1883, "metavar": "PORT"},
    ),
    Argument(
        ("--jt808-port",),
        N_("port where vehicles send JT/T 808 frames"),
        {"type": int, "default": 5808, "metavar": "PORT"},
    ),
    Argument(
        ("--gb26875-port",),
        N_("port where fire alarm units send GB/T 26875.3 frames"),
        {"type": int, "default": 5268, "metavar": "PORT"},
    ),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        ("up",), DAILY, N_("Start the platform: web pages, field gateway and everything it does "
                           "by itself"), f"{_HERE}.serving:up",
        (PORT, HOST, *FIELD_PORTS),
    ),
    Command(
        ("doctor",), DAILY, N_("Say what is missing, and what it is needed for"),
        f"{_HERE}.checking:doctor",
    ),
    Command(("version",), DAILY, N_("Say which version this is"), f"{_HERE}.checking:version"),
    Command(
        ("web",), APART, N_("The pages only"), f"{_HERE}.serving:web", (PORT, HOST),
    ),
    Command(
        ("gateway",), APART, N_("Hear devices only, and hand over what they say by the bus"),
        f"{_HERE}.serving:gateway", (HOST, *FIELD_PORTS),
    ),
    Command(
        ("recorder",), APART, N_("Write what gateways heard into the database"),
        f"{_HERE}.serving:recorder",
    ),
    Command(
        ("worker",), APART, N_("Do what the platform does by itself: timers, models, messages"),
        f"{_HERE}.serving:worker",
    ),
    Command(
        ("demo",), DRILLS, N_("Show the whole chain: load a small district, play the August 2020 "
                              "crest, stay up for a look around"), f"{_HERE}.serving:demo",
        (PORT, HOUSEHOLDS,
         Argument(("--pace",), N_("how many times faster than real the quiet hours pass"),
                  {"default": "", "metavar": "N"})),
    ),
    Command(
        ("drill", "run"), DRILLS, N_("Play a scenario through the real chain in a throw-away copy "
                                     "of the district"), f"{_HERE}.drilling:run",
        (Argument(("scenario",), N_("scenario name, for example jialing-crest"),
                  {"metavar": "SCENARIO"}),
         Argument(("--headless",), N_("no web pages, full speed unless --pace says otherwise"),
                  {"action": "store_true"}),
         Argument(("--pace",), N_("virtual seconds a real second, or max"), {"metavar": "N"}),
         Argument(("--out",), N_("folder for report.json and report.html"),
                  {"type": Path, "metavar": "FOLDER"}),
         Argument(("--by-hand",), N_("leave these decisions to people at the pages"),
                  {"default": "", "metavar": "VERB[,VERB]"}),
         Argument(("--shift-hours",), N_("move the crest by so many hours"),
                  {"type": float, "default": 0.0, "metavar": "H"}),
         Argument(("--raise-m",), N_("raise (or, negative, lower) the crest by so many metres"),
                  {"type": float, "default": 0.0, "metavar": "M"}),
         PORT, HOUSEHOLDS, DISTRICT),
    ),
    Command(
        ("district", "load"), DATA, N_("Fill an empty database from a district's files"),
        f"{_HERE}.district:load",
        (Argument(("name",), N_("folder name of the district"), {"metavar": "NAME"}),
         HOUSEHOLDS,
         Argument(("--demo",), N_("a small load with one login for each role, for trying"),
                  {"action": "store_true"}),
         Argument(("--seed",), N_("seed of what is made up where no public data exist"),
                  {"type": int, "default": 2020, "metavar": "SEED"})),
    ),
    Command(
        ("district", "terms"), DATA,
        N_("Take newer dated figures of a district's files into the running platform"),
        f"{_HERE}.district:terms",
        (Argument(("name",), N_("folder name of the district"), {"metavar": "NAME"}),),
    ),
    Command(
        ("import",), DATA, N_("Read sites, areas, households or terrain from a file; a bad row "
                              "refuses the whole file and says why"), f"{_HERE}.district:import_",
        (Argument(("kind",), N_("what the file holds"),
                  {"choices": ("sites", "areas", "households", "dem")}),
         Argument(("file",), N_("GeoJSON, GeoPackage, Shapefile (also zipped), Excel or GeoTIFF"),
                  {"type": Path, "metavar": "FILE"}),
         Argument(("--crs",), N_("coordinates of the file when it does not say, or gcj02 for "
                                 "points from a domestic map"), {"metavar": "CRS"})),
    ),
    Command(
        ("readings", "import"), DATA,
        N_("Read readings from a CSV or Excel file; a bad row refuses the whole file and says why"),
        f"{_HERE}.readings:import_",
        (Argument(("file",), N_("CSV (UTF-8 or GB 18030) or .xlsx, with the columns of the "
                                "template at Data in"),
                  {"type": Path, "metavar": "FILE"}),),
    ),
    Command(
        ("db", "migrate"), DATA, N_("Bring the database up to this version"),
        f"{_HERE}.serving:migrate",
    ),
    Command(
        ("decode",), DEVICES, N_("Read a captured frame and say what it means, field by field"),
        f"{_HERE}.devices:decode",
        (Argument(("protocol",), N_("how the device speaks: sl651, hj212, jt808, gb26875 or cap"),
                  {"metavar": "PROTOCOL"}),
         Argument(("frame",), N_("the frame as hexadecimal digits, or a file of frames line by "
                                 "line; standard input (-) where none is named"),
                  {"metavar": "FRAME|FILE|-", "nargs": "*", "default": ["-"]})),
    ),
    Command(
        ("simulate", "sl651"), DEVICES, N_("Play a station that sends SL 651 frames to a gateway"),
        f"{_HERE}.devices:simulate_sl651",
        (Argument(("device",), N_("station address, ten digits"), {"metavar": "DEVICE"}),
         Argument(("--password",), N_("the device's password, four hexadecimal digits"),
                  {"default": "", "metavar": "HEX"}),
         Argument(("--stage",), N_("stage to report, metres"), {"type": float, "metavar": "M"}),
         Argument(("--rain",), N_("rain of the last hour to report, millimetres"),
                  {"type": float, "metavar": "MM"}),
         Argument(("--coding",), N_("how its frames are written: hex or ascii"),
                  {"choices": ("hex", "ascii"), "default": "hex"}),
         TIMES, EVERY, *LOAD,
         Argument(("--gateway",), N_("gateway address as host:port"),
                  {"default": "127.0.0.1:5651", "metavar": "HOST:PORT"})),
    ),
    Command(
        ("simulate", "hj212"), DEVICES,
        N_("Play a water-quality station that sends HJ 212 frames to a gateway"),
        f"{_HERE}.devices:simulate_hj212",
        (Argument(("device",), N_("the device's MN"), {"metavar": "DEVICE"}),
         Argument(("--password",), N_("the device's password, six figures or letters"),
                  {"default": "", "metavar": "PW"}),
         Argument(("--value",), N_("a value to report, for example cod=15.2; may be repeated"),
                  {"action": "append", "metavar": "NAME=NUMBER"}),
         TIMES, EVERY, *LOAD,
         Argument(("--gateway",), N_("gateway address as host:port"),
                  {"default": "127.0.0.1:5212", "metavar": "HOST:PORT"})),
    ),
    Command(
        ("simulate", "jt808"), DEVICES,
        N_("Play a vehicle that sends JT/T 808 frames to a gateway"),
        f"{_HERE}.devices:simulate_jt808",
        (Argument(("device",), N_("the terminal's telephone number"), {"metavar": "DEVICE"}),
         Argument(("--edition",), N_("2013 or 2019"),
                  {"choices": ("2013", "2019"), "default": "2013"}),
         Argument(("--lon",), N_("where it starts, degrees"),
                  {"type": float, "default": 106.45, "metavar": "DEG"}),
         Argument(("--lat",), N_("where it starts, degrees"),
                  {"type": float, "default": 29.55, "metavar": "DEG"}),
         Argument(("--speed",), N_("how fast it drives east, km/h"),
                  {"type": float, "default": 40.0, "metavar": "KMH"}),
         Argument(("--alarm",), N_("an alarm bit of its positions, 0 to 31; may be repeated"),
                  {"type": int, "choices": range(32), "action": "append", "metavar": "BIT"}),
         TIMES, EVERY, *LOAD,
         Argument(("--gateway",), N_("gateway address as host:port"),
                  {"default": "127.0.0.1:5808", "metavar": "HOST:PORT"})),
    ),
    Command(
        ("simulate", "mqtt"), DEVICES, N_("Play a sensor that publishes JSON over MQTT"),
        f"{_HERE}.devices:simulate_mqtt",
        (Argument(("device",), N_("the device's address, its user name"), {"metavar": "DEVICE"}),
         Argument(("--password",), N_("the device's password"),
                  {"default": "", "metavar": "TEXT"}),
         Argument(("--kind",), N_("what it is: geohazard, weather or bridge"),
                  {"choices": ("geohazard", "weather", "bridge"), "default": "geohazard"}),
         Argument(("--value",), N_("a value to report, for example crack_width=3.5; may be "
                                   "repeated"),
                  {"action": "append", "metavar": "NAME=NUMBER"}),
         TIMES, EVERY, *LOAD,
         Argument(("--gateway",), N_("gateway address as host:port"),
                  {"default": "127.0.0.1:1883", "metavar": "HOST:PORT"})),
    ),
    Command(
        ("simulate", "gb26875"), DEVICES,
        N_("Play a fire alarm unit that sends GB/T 26875.3 frames to a gateway"),
        f"{_HERE}.devices:simulate_gb26875",
        (Argument(("device",), N_("the unit's address, twelve hexadecimal digits"),
                  {"metavar": "DEVICE"}),
         Argument(("--state",), N_("what its part states"),
                  {"choices": ("normal", "fire", "fault"), "default": "normal"}),
         Argument(("--address",), N_("the part's address"),
                  {"type": int, "default": 1, "metavar": "N"}),
         Argument(("--words",), N_("what the unit calls the part"),
                  {"default": "", "metavar": "TEXT"}),
         TIMES, EVERY, *LOAD,
         Argument(("--gateway",), N_("gateway address as host:port"),
                  {"default": "127.0.0.1:5268", "metavar": "HOST:PORT"})),
    ),
    Command(
        ("flood", "check"), MODELS, N_("Say what a flood case will do: cells, memory, time, and "
                                       "what each input is used for"), f"{_HERE}.flood_cases:check",
        (CASE,),
    ),
    Command(
        ("flood", "run"), MODELS, N_("Compute a flood case into a folder: a Zarr store and maps"),
        f"{_HERE}.flood_cases:run",
        (CASE,
         Argument(("--out",), N_("folder for the results"),
                  {"type": Path, "required": True, "metavar": "FOLDER"}),
         Argument(("--resume",), N_("go on from the last checkpoint in that folder"),
                  {"action": "store_true"}),
         Argument(("--threads",), N_("processor threads (all unless told otherwise)"),
                  {"type": int, "metavar": "N"}),
         Argument(("--device",), N_("where to compute: cpu, or cuda for an NVIDIA GPU"),
                  {"choices": ("cpu", "cuda"), "default": "cpu"})),
    ),
    Command(
        ("flood", "ensemble"), MODELS, N_("Compute many members of a flood case: how likely each "
                                          "depth is, and when the water comes"),
        f"{_HERE}.flood_ensembles:run",
        (CASE,
         Argument(("--members",), N_("how many"), {"type": int, "required": True, "metavar": "N"}),
         Argument(("--out",), N_("folder for the results; what is finished there is kept"),
                  {"type": Path, "required": True, "metavar": "FOLDER"}),
         Argument(("--workers",), N_("processes (one a processor unless told otherwise)"),
                  {"type": int, "metavar": "N"}),
         Argument(("--jobs",), N_("a Dask scheduler instead, by its address (or ANLAN_JOBS_URL)"),
                  {"metavar": "URL"})),
    ),
    Command(
        ("flood", "plot"), MODELS, N_("Draw a computed flood: a map, hydrographs, an animation"),
        f"{_HERE}.flood_plots:run",
        (Argument(("folder",), N_("folder of a run or of an ensemble"),
                  {"type": Path, "metavar": "FOLDER"}),),
    ),
    Command(
        ("kernels",), UPKEEP, N_("Compile the numerical kernels once, so that the first forecast "
                                 "is quick"), f"{_HERE}.flooding:kernels",
    ),
    Command(
        ("evidence", "seal"), UPKEEP,
        N_("Seal the photos and documents that lie open on the disk still"),
        f"{_HERE}.evidence:seal",
    ),
    Command(
        ("words", "check"), UPKEEP, N_("Say which messages have no Chinese yet"),
        f"{_HERE}.catalogues:check",
    ),
    Command(
        ("words", "compile"), UPKEEP, N_("Compile the message catalogues"),
        f"{_HERE}.catalogues:compile_",
    ),
)  # fmt: skip
