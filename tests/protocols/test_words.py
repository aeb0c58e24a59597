"""What people read of protocol tables: every row in both languages, the Chinese the standard's."""

import importlib
import re

import pytest
from django.utils.translation import override

from anlan.operations.people.queries.sayings import spoken
from anlan.protocols.gb26875 import codes as fire
from anlan.protocols.gb26875 import words as fire_words
from anlan.protocols.hj212 import codes as instrument
from anlan.protocols.hj212 import words as instrument_words
from anlan.protocols.hj212.information import INFORMATION
from anlan.protocols.jt808 import codes as vehicle
from anlan.protocols.jt808 import items
from anlan.protocols.jt808 import parameters as terminal
from anlan.protocols.jt808 import settings as terminal_words
from anlan.protocols.jt808 import words as vehicle_words
from anlan.protocols.sl651 import parameters as station
from anlan.protocols.sl651 import words as station_words
from anlan.protocols.sl651 import works
from anlan.vocabulary.words import NP_, Saying

fire_notices = importlib.import_module("anlan.protocols.gb26875.notices")

TABLES = {
    "fire systems": (fire_words.SYSTEM_WORDS, fire.SYSTEMS),
    "fire parts": (fire_words.PART_WORDS, fire.PARTS),
    "fire quantities": (
        fire_words.QUANTITY_WORDS, {n: row.name for n, row in fire.QUANTITIES.items()}
    ),
    "alarm bits of vehicles": (vehicle_words.ALARM_WORDS, vehicle.ALARMS),
    "messages of terminals": (
        vehicle_words.MESSAGE_WORDS, {n: name for n, name in vehicle.MESSAGES.items() if n < 0x8000}
    ),
    "commands of fire units": (fire_words.COMMAND_WORDS, fire.COMMANDS),
    "parameters of terminals": (
        terminal_words.PARAMETER_WORDS, {n: row.name for n, row in terminal.PARAMETERS.items()}
    ),
    "answers of terminals": (terminal_words.RESULT_WORDS, vehicle.RESULTS),
    "parameters of stations": (
        station_words.PARAMETER_WORDS, {n: row.name for n, row in station.PARAMETERS.items()}
    ),
    "events of stations": (
        dict(enumerate(station_words.EVENT_WORDS)), dict(enumerate(station.EVENTS))
    ),
    "modes of stations": (station_words.MODE_WORDS, works.MODES),
    "answers to requests": (instrument_words.REQUEST_WORDS, instrument.REQUEST_ANSWERS),
    "results of instruments": (instrument_words.RESULT_WORDS, instrument.RESULTS),
    "what instruments tell": (
        instrument_words.TOLD_WORDS,
        {cn: instrument.COMMANDS[cn].name for cn in instrument_words.TOLD_WORDS},
    ),
    "information": (
        instrument_words.INFORMATION_WORDS, {r.name: r.name for r in INFORMATION.values()}
    ),
    "states of instruments": (
        instrument_words.FIGURE_WORDS,
        {word: word for row in INFORMATION.values() for word in row.words.values()},
    ),
    **{
        f"item {item:02X}": (vehicle_words.SAFETY_WORDS[item], table)
        for item, table in {**items.SAFETY_ALARMS, items.TYRES: items.TYRE_ALARMS}.items()
    },
}  # fmt: skip
# The house says nowhere that a system is busy: it is the instrument that is.
OURS = {"系统繁忙不能执行": "仪器正忙，不能执行"}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_its_word_and_its_chinese_is_the_standards(name):
    words, table = TABLES[name]
    with override("zh-hans"):
        names = {code: OURS.get(name, name) for code, name in dict(table).items()}
        assert {code: spoken(word) for code, word in words.items()} == names
    with override("en"):
        said = [spoken(word) for word in words.values()]
    assert not re.search(r"[\u4e00-\u9fff]", "".join(said))
    if name != "fire quantities":  # pressure has two units
        assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("table", "names", "prefix"),
    [
        ("_STATES", fire.STATUS, ""),
        ("_PART_STATES", fire.PART_STATUS, ""),
        ("_TRANSMITTER_STATES", fire.TRANSMITTER_STATUS, ""),
        ("_OPERATIONS", fire.OPERATIONS, "operation."),
    ],
)
def test_states_and_operations_are_the_standards(table, names, prefix):
    for bit, state in getattr(fire_notices, table).items():
        with override("zh-hans"):
            assert spoken(fire_words.word(f"gb26875:{prefix}{state}")) == names[bit]


@pytest.mark.parametrize(
    ("part", "words", "chinese", "english"),
    [
        ("transmitter", "", "用户信息传输装置", "Transmission unit"),
        ("1-0", "", "火灾报警系统", "Fire alarm system"),
        ("1-2/40-5", "三楼", "火灾报警系统 2 感烟火灾探测器 5 三楼",
         "Fire alarm system 2, Smoke detector 5, 三楼"),
        ("200-1/150-7", "", "200 1 150 7", "200 1, 150 7"),
        ("", "三楼", "三楼", "三楼"),
        ("", "", "", ""),
    ],
)  # fmt: skip
def test_a_part_is_named_in_the_readers_language(part, words, chinese, english):
    for language, said in (("zh-hans", chinese), ("en", english)):
        with override(language):
            assert spoken(fire_words.part_word(part, words)) == said


@pytest.mark.parametrize(
    ("said", "chinese", "english"),
    [
        (fire_words.word("gb26875:quantity.3", -5.0), "温度 -5 ℃", "Temperature -5 ℃"),
        (fire_words.word("gb26875:quantity.1", 3.0), "事件计数 3 件", "Event count 3 events"),
        (fire_words.word("gb26875:quantity.200", 3.0), "模拟量 200：3", "Quantity 200: 3"),
        (fire_words.word("gb26875:unheard"), "gb26875:unheard", "gb26875:unheard"),
        (vehicle_words.word("jt808:64.200"), "高级驾驶辅助报警信息 C8",
         "Alarm of the driving assistance C8"),
        (vehicle_words.word("jt808:bit.40"), "40", "40"),
        (vehicle_words.word("紧急报警"), "紧急报警", "紧急报警"),
    ],
)  # fmt: skip
def test_what_no_table_has_is_said_by_its_number(said, chinese, english):
    for language, words in (("zh-hans", chinese), ("en", english)):
        with override(language):
            assert spoken(said) == words


def test_a_saying_kept_as_json_is_said_as_it_was():
    term = NP_("fire part", "Smoke detector")
    said = Saying(*NP_("fire part", "%(name)s %(address)s"), {"name": term, "address": 5})
    kept = ["fire part", "%(name)s %(address)s", {"name": [*term], "address": 5}]
    with override("zh-hans"):
        assert spoken(said) == spoken(kept) == "感烟火灾探测器 5"
    assert spoken("%(name)s 100 %") == "%(name)s 100 %"
