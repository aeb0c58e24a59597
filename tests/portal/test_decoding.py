"""`anlan decode` says what a message means in the standard's names, and why one is refused."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.protocols.sl651_frames import VECTORS
from tests.protocols.test_cap import ALERT, DOCUMENT, SAMPLES
from tests.protocols.test_gb26875 import WHOLE, laid_out
from tests.protocols.test_jt808 import PLACE
from tests.protocols.test_jt808 import laid_out as vehicle

from anlan.portal import decoding
from anlan.protocols import cap, hj212

STAGE = VECTORS["a timed report of stage and voltage"][0]
WATER = ["01001", "01009", "01010", "01012", "01014", "01018", "01019", "21001", "21003", "21011"]


def explained(protocol: str, *lines: str | bytes) -> tuple[int, list[dict[str, Any]]]:
    out = io.StringIO()
    wrong = decoding.explain(protocol, lines, out)
    return wrong, [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_frame_is_said_in_the_standards_names_and_units() -> None:
    wrong, (said,) = explained("sl651", STAGE)
    assert wrong == 0
    assert said["function_name"] == "遥测站定时报"
    assert said["sent_at"] == "2020-08-20T08:15:03+08:00"
    assert said["password"] == "1234"
    (report,) = said["reports"]
    assert report["class_name"] == "河道"
    stage, volts = report["elements"]
    assert stage == {
        "id": "39", "symbol": "Z", "name": "瞬时河道水位、潮位", "unit": "m",
        "observed_at": "2020-08-20T08:15:00+08:00", "value": 194.29,
    }  # fmt: skip
    assert (volts["value"], volts["unit"]) == (12.5, "V")


def test_rows_status_bits_and_missing_values_are_said() -> None:
    _, (rain,) = explained(
        "sl651", VECTORS["an hourly report of rain with two observation times"][0]
    )
    row = rain["reports"][0]["elements"][0]
    assert row["step_s"] == 300
    assert row["values"][1] == {"observed_at": "2020-08-20T08:10:00+08:00", "value": 1}
    assert row["values"][3]["value"] is None
    _, (status,) = explained("sl651", VECTORS["a missing stage and a status word"][0])
    stage, word = status["reports"][0]["elements"]
    assert stage["value"] is None
    assert word["set"] == ["蓄电池电压低", "水位超限报警"]


def test_every_line_is_answered_with_its_number_and_the_wrong_ones_with_a_reason() -> None:
    spaced = " ".join(STAGE[n : n + 2] for n in range(0, len(STAGE), 2)).lower()
    spoilt = STAGE[:-1] + "D"
    wrong, said = explained("sl651", spaced, "not hex", spoilt, STAGE[:40], bytes.fromhex(STAGE))
    assert wrong == 1
    assert [(s["line"], s["ok"], s.get("reason")) for s in said] == [
        (1, True, None),
        (2, False, "not_hexadecimal"),
        (3, False, "check"),
        (4, False, "incomplete"),
        (5, True, None),
    ]
    assert said[2]["detail"] == "CRC D76D, computed D76C"


def test_two_frames_in_a_line_are_two_objects() -> None:
    assert len(explained("sl651", STAGE + STAGE)[1]) == 2


def test_an_hj212_line_is_said_whether_text_or_hexadecimal() -> None:
    line = live_line("w01018-Rtd=15.20,w01018-Flag=N;w21003-Rtd=0,w21003-Flag=D")
    for form in (line, line.strip(), line.encode(), line.encode().hex()):
        wrong, (said,) = explained("hj212", form)
        assert wrong == 0
        assert (said["CN"], said["CN_name"]) == ("2011", "取/上传污染物实时数据")
        assert said["ST_name"] == "地表水质量监测"
        assert said["checks"] == {"crc": "hj212", "content": "ok"}
        assert said["fields"] == {"DataTime": "20260706103000"}
        cod, ammonia = said["factors"]
        assert (cod["name"], cod["Rtd"], cod["unit"]) == ("化学需氧量", 15.2, "mg/L")
        assert ammonia["Flag_name"] == "在线监控(监测)仪器仪表故障"


def test_an_hj212_line_that_is_doubted_says_why() -> None:
    wrong, (said,) = explained("hj212", live_line("w01018-Rtd=x,w01018-Flag=N"))
    assert (wrong, said["ok"]) == (1, False)
    assert said["checks"]["content"] == ["element: w01018-Rtd=x is no number"]
    assert said["factors"][0]["Rtd"] == "x"
    wrong, (said,) = explained("hj212", live_line("w01018-Rtd=1").replace("2011", "2012"))
    assert (wrong, said["reason"]) == (1, "check")


def test_what_an_hj212_instrument_says_of_itself_is_named_and_nothing_is_lost() -> None:
    each = "PolId=w01019,i12101-Info=4;PolId=w21003,i12101-Info=0,i13004-Info=60.5,i19999-Info=x"
    body = f"ST=32;CN=3020;PW=1;MN=A1;Flag=4;CP=&&DataTime=20190430101750;{each}&&"
    wrong, (said,) = explained(
        "hj212", f"##{len(body):04d}{body}{hj212.crc(body.encode()):04X}\r\n"
    )
    assert wrong == 0
    assert said["fields"] == {"DataTime": "20190430101750", "PolId": ["w01019", "w21003"]}
    assert "factors" not in said
    broken, idle, heat, alien = said["information"]
    assert broken == {
        "PolId": "w01019", "PolId_name": "高锰酸盐指数", "DataTime": "20190430101750",
        "code": "i12101", "field": "Info", "field_name": "现场端信息",
        "device": "在线监控(监测)仪器仪表", "kind": "状态", "unit": "",
        "name": "污水分析仪工作状态",
        "note": "待核", "value": 4, "value_name": "故障",
    }  # fmt: skip
    assert (idle["PolId_name"], idle["value_name"]) == ("氨氮", "空闲")
    assert (heat["name"], heat["value"], heat["unit"]) == ("消解温度", 60.5, "°C")
    assert (alien["value"], "name" in alien, alien["kind"]) == ("x", False, None)


def live_line(content: str, coding: str = "utf-8") -> str:
    head = "QN=20260706103512345;ST=21;CN=2011;PW=1;MN=A1;Flag=5;"
    body = f"{head}CP=&&DataTime=20260706103000;{content}&&"
    raw = body.encode(coding)
    return f"##{len(raw):04d}{body}{hj212.crc(raw):04X}\r\n"


def test_a_fire_alarm_frame_is_said_in_the_standards_names() -> None:
    frame = laid_out("02", WHOLE["a smoke detector on fire, with its place in words"][0])
    for form in (frame, frame.hex(" ")):
        wrong, (said,) = explained("gb26875", form)
        assert wrong == 0
        assert said["type_name"] == "上传建筑消防设施部件运行状态"
        assert said["sent_at"] == "2026-07-06T11:05:09+08:00"
        (part,) = said["objects"]
        assert part["part_name"] == "点型光电感烟火灾探测器"
        assert (part["set"], part["description"]) == (["火警"], "磁器口")
        assert part["part_address"] == "0000070B"
    _, (cold, *_) = explained("gb26875", laid_out("02", WHOLE["two figures, one below zero"][0]))
    assert [(o["value"], o["unit"]) for o in cold["objects"]] == [(-5, "℃"), (4, "m")]
    wrong, (said,) = explained("gb26875", frame[:-3] + b"\0##")
    assert (wrong, said["reason"]) == (1, "check")


def test_a_vehicles_position_is_said_in_the_standards_names() -> None:
    frame = vehicle("0200", PLACE + "0104000004D2")
    for form in (frame, frame.hex(" ")):
        wrong, (said,) = explained("jt808", form)
        assert wrong == 0
        assert (said["id"], said["name"], said["edition"]) == ("0200", "位置信息汇报", 2013)
        body = said["body"]
        assert (body["latitude"], body["longitude"]) == (29.5848, 106.4515)
        assert (body["speed_kmh"], body["at"]) == (36.5, "2026-07-06T11:05:09+08:00")
        assert body["items"] == [{"id": "01", "name": "里程", "value": 123.4, "unit": "km"}]
    wrong, (said,) = explained("jt808", vehicle("0200", PLACE[:-4]))
    assert (wrong, said["reason"], said["detail"]) == (1, "malformed", "a position of 26 bytes")
    _, (said,) = explained("jt808", vehicle("0001", "007B810300"))
    assert (said["body"]["of_name"], said["body"]["result_name"]) == ("设置终端参数", "成功/确认")


def test_a_vehicles_alarms_say_where_in_fields_and_the_words_of_their_edition() -> None:
    items = "110501000000FF" + "1206040000000901" + "13070000000701F400" + "2B0400020001" + "120100"
    body = "20000008" + PLACE[8:] + "250400000012" + "2A020001" + items
    wrong, (said,) = explained("jt808", vehicle("0200", body))
    assert (wrong, said["ok"], said["checks"]["content"]) == (1, False, ["item 12 of 1 bytes"])
    assert said["body"]["alarms"] == ["危险预警", "碰撞预警"]
    lamps, sleep, fast, left, road, analog, short = said["body"]["items"]
    assert (lamps["value"], lamps["set"]) == (18, ["远光灯信号", "制动信号"])
    assert sleep["set"] == ["深度休眠状态"]
    assert fast["detail"] == {"place": 1, "area": 255, "place_name": "圆形区域"}
    assert left["detail"] == {
        "place": 4, "area": 9, "way": 1, "place_name": "路线", "way_name": "出",
    }  # fmt: skip
    assert road["detail"] == {"road": 7, "seconds": 500, "result": 0, "result_name": "不足"}
    assert (analog["name"], analog["detail"]) == ("模拟量", {"ad0": 1, "ad1": 2})
    assert short["fault"] == "item 12 of 1 bytes"
    _, (said,) = explained("jt808", vehicle("0200", body, edition=2019))
    assert said["body"]["alarms"] == ["危险驾驶行为报警", "碰撞侧翻报警"]


def test_what_of_a_frame_cannot_be_read_is_not_ok() -> None:
    """Of a batch the second position is cut off, and one has no day 99; of two objects one came."""
    timeless = PLACE[:-12] + "269930173000"
    for content in ("0002" + "00" + "001C" + PLACE + "001C", "0001" + "00" + "001C" + timeless):
        wrong, (said,) = explained("jt808", vehicle("0704", content))
        assert (wrong, said["ok"]) == (1, False)
        assert said["checks"]["content"] != "ok"
    wrong, (said,) = explained("jt808", vehicle("0200", timeless + "0104000004D2"))
    assert (wrong, said["ok"]) == (1, False)
    unit = WHOLE["a smoke detector on fire, with its place in words"][0]
    wrong, (said,) = explained("gb26875", laid_out("02", "0202" + unit[4:]))
    assert (wrong, said["ok"], said["fault"]) == (1, False, said["checks"]["content"][0])
    wrong, (said,) = explained("gb26875", laid_out("02", unit))
    assert (wrong, said["checks"]) == (0, {"sum": "ok", "content": "ok"})


def test_the_packets_of_a_divided_message_are_said_as_a_whole_too() -> None:
    """One position of 28 bytes in a batch (0704), cut between two packets."""
    batch = "0001" + "01" + "001C" + PLACE
    frames = [
        vehicle("0704", batch[:20], serial="0005", packet="00020001"),
        vehicle("0704", batch[20:], serial="0006", packet="00020002"),
    ]
    wrong, (first, second) = explained("jt808", *(frame.hex() for frame in frames))
    assert wrong == 0
    assert "whole" not in first
    (position,) = second["whole"]["body"]["positions"]
    assert (position["latitude"], position["longitude"]) == (29.5848, 106.4515)
    assert second["whole"]["body"]["kind_name"] == "盲区补报"


def test_a_terminals_parameters_are_said_with_value_and_unit() -> None:
    """0104: answer to serial 7, two parameters: reports each 30 s, the access point CMNET."""
    body = "0007" + "02" + "00000029040000001E" + "0000001005" + "434D4E4554"
    wrong, (said,) = explained("jt808", vehicle("0104", body))
    assert wrong == 0
    interval, point = said["body"]["parameters"]
    assert (interval["name"], interval["value"], interval["unit"]) == ("缺省时间汇报间隔", 30, "s")
    assert (point["name"], point["value"]) == ("主服务器APN", "CMNET")


@pytest.fixture
def decoded(tmp_path: Path) -> Any:
    """What the command says of a captured file: the exit code, the objects, the complaint."""

    def decode(protocol: str, came: bytes) -> tuple[int, list[dict[str, Any]], str]:
        file = tmp_path / "captured.bin"
        file.write_bytes(came)
        done = subprocess.run(
            [sys.executable, "-m", "anlan.portal.cli", "--lang", "en", "decode", protocol, file],
            capture_output=True, check=False,
        )  # fmt: skip
        said = [json.loads(line) for line in done.stdout.decode().splitlines()]
        return done.returncode, said, done.stderr.decode()

    return decode


def test_a_captured_file_may_hold_a_dump_or_any_text(decoded: Any) -> None:
    code, (said,), _ = decoded("sl651", bytes.fromhex(STAGE))
    assert (code, said["function_name"]) == (0, "遥测站定时报")
    code, (said,), _ = decoded("sl651", b"\xef\xbb\xbf" + STAGE.encode() + b"\r\n")
    assert (code, said["ok"]) == (0, True)  # a mark of UTF-8 before it
    line = live_line("w01018-Rtd=1,w01018-Info=正常", "gbk").encode("gbk")
    code, (said,), _ = decoded("hj212", line)
    assert said["factors"][0]["Info"] == "正常"
    document = DOCUMENT.replace("UTF-8", "GB2312").encode("gb2312")
    code, (said,), _ = decoded("cap", document)
    assert (code, said["checks"]) == (0, "ok")


def test_an_empty_file_and_one_that_is_not_there_are_said_so(decoded: Any) -> None:
    code, said, complaint = decoded("jt808", b"")
    assert (code, said) == (2, [])
    assert "is empty" in complaint
    done = subprocess.run(
        [sys.executable, "-m", "anlan.portal.cli", "--lang", "en", "decode", "sl651", "gone.txt"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "there is no file gone.txt" in done.stderr


@pytest.mark.parametrize(
    ("protocol", "typed"),
    [
        ("jt808", (100 * vehicle("0200", PLACE)).hex()),
        ("hj212", live_line("w01018-Rtd=1.5").strip()),
        ("hj212", live_line(";".join(f"w{n}-Rtd=1.5,w{n}-Flag=N" for n in WATER)).strip()),
    ],
    ids=["longer than a file's name", "text with a point", "long text"],
)
def test_a_frame_typed_on_the_command_line_is_no_files_name(protocol: str, typed: str) -> None:
    asked = [sys.executable, "-m", "anlan.portal.cli", "--lang", "en", "decode", protocol, typed]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert all(one["ok"] for one in said)
    assert len(said) == (100 if protocol == "jt808" else 1)


@pytest.mark.parametrize(
    ("protocol", "came"),
    [
        ("sl651", STAGE.encode() + b"\n"),
        ("hj212", live_line("w01018-Rtd=1").encode()),
        ("jt808", vehicle("0200", PLACE)),
        ("gb26875", laid_out("02", WHOLE["a smoke detector on fire, with its place in words"][0])),
        ("cap", DOCUMENT.encode()),
    ],
)
def test_without_a_file_standard_input_is_read(protocol: str, came: bytes) -> None:
    asked = [sys.executable, "-m", "anlan.portal.cli", "--lang", "en", "decode", protocol]
    done = subprocess.run(asked, input=came, capture_output=True, check=False)
    (said,) = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert (done.returncode, said["ok"]) == (0, True)
    named = subprocess.run([*asked, "-"], input=came, capture_output=True, check=False)
    assert named.stdout == done.stdout
    empty = subprocess.run(asked, input=b"", capture_output=True, check=False)
    assert (empty.returncode, empty.stdout) == (2, b"")
    assert "standard input is empty" in empty.stderr.decode()


def test_a_cap_document_is_said_with_its_checks() -> None:
    wrong, (said,) = explained("cap", *DOCUMENT.splitlines())
    assert wrong == 0
    assert said["checks"] == "ok"
    assert said["sent"] == "2020-08-19T20:10:00+08:00"
    assert said["infos"][0]["areas"][0]["polygons"][0][0] == {"lon": 106.4501, "lat": 29.5789}


def test_two_documents_are_two_objects_and_a_broken_rule_is_named() -> None:
    bad = cap.encode(replace(ALERT, note=""))
    wrong, said = explained("cap", bad + DOCUMENT.encode(), b"<alert>")
    assert wrong == 1
    assert [s["ok"] for s in said] == [False, True, False]
    assert said[0]["checks"][0]["rule"] == "note-missing"
    assert said[2]["reason"] == "malformed"


def test_a_protocol_nobody_speaks_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        decoding.decode("morse", [])


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public messages are not beside this checkout")
@pytest.mark.parametrize("protocol", ["sl651", "cap"])
def test_public_samples_are_all_answered(protocol: str) -> None:
    for sample in json.loads(Path(SAMPLES).with_name(f"{protocol}.json").read_text("utf-8")):
        data = sample.get("hex") or sample["text"].encode(sample.get("encoding", "utf-8"))
        wrong, said = explained(protocol, data)
        assert said
        if sample.get("invalid"):
            assert wrong == 1


def test_no_framework_is_loaded() -> None:
    code = "import sys, anlan.portal.decoding; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_what_became_of_an_order_is_said_in_the_standards_words() -> None:
    order = hj212.decode(
        hj212.encode(hj212.Message(st="32", cn="1012", mn="M", qn="20160801085857223"))
    )
    wrong, (said,) = explained("hj212", hj212.encode(hj212.done(order, 5)))
    assert wrong == 0
    assert (said["carried_out"], said["result"]) == (False, "ExeRtn=5 系统繁忙不能执行")
