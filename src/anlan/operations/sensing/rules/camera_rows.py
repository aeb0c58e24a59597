"""A row of a list of cameras, read into what a register can take; whatever is wrong is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anlan.operations.sensing.rules.offered import FORMULA, MISSING, Flaw, number
from anlan.operations.sensing.rules.video import (
    CHANNEL_TYPES,
    DEVICE_TYPES,
    wrong_address,
    wrong_id,
)
from anlan.terrain.crs import gcj02_to_cgcs2000
from anlan.vocabulary.areas import BadAreaCode, area_code
from anlan.vocabulary.words import N_

COLUMNS = {
    "code": ("code", "编号", "编码", "摄像头编号"),
    "name": ("name", "名称", "摄像头名称", "点位名称"),
    "lon": ("lon", "经度", "longitude"),
    "lat": ("lat", "纬度", "latitude"),
    "crs": ("crs", "坐标系", "坐标系统"),
    "area_code": ("area_code", "区划代码", "行政区划代码"),
    "device_id": ("device_id", "国标设备编码", "设备国标编码", "设备编码"),
    "channel_id": ("channel_id", "国标通道编码", "通道国标编码", "通道编码"),
    "rtsp": ("rtsp", "rtsp地址", "rtsp 地址"),
    "hls_url": ("hls_url", "hls地址", "hls 地址"),
    "purpose": ("purpose", "监看内容", "用途"),
    "keeper": ("keeper", "管护单位", "管理单位", "权属单位"),
}
LONGEST = {"code": 40, "name": 60, "hls_url": 300, "purpose": 100, "keeper": 60, "rtsp": 300}
GCJ02 = frozenset({"gcj02", "gcj-02", "火星坐标", "火星坐标系"})
TRUE = frozenset({"", "cgcs2000", "wgs84", "wgs-84", "4490", "4326", "国家2000", "2000"})

TOO_LONG = N_("longer than %(most)d characters")
NOT_A_CODE = N_("a code has letters, digits, - and _ only")
OUT_OF_CHINA = N_("no degree of the country; are longitude and latitude exchanged?")
NO_SUCH_CRS = N_("CGCS2000, WGS84 or GCJ-02 are understood")
NO_AREA_CODE = N_("an area code has 6, 9 or 12 digits")
DIGITS_LOST = N_("a number, of which Excel has dropped the last digits; make the column text")
_CODE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraLine:
    """A camera as a row states it; lon/lat CGCS2000 degrees. `code` and `area_code` may be ""."""

    code: str
    name: str
    lon: float
    lat: float
    area_code: str
    device_id: str
    channel_id: str
    rtsp: str
    hls_url: str
    purpose: str
    keeper: str


def is_empty(row: Mapping[str, Any]) -> bool:
    return not any(str(cell or "").strip() for cell in row.values())


def parse_camera(row: Mapping[str, Any]) -> CameraLine:
    """Read a row (keys as in `COLUMNS`). Raises `Flaw` for the first field that is wrong.

    The reason never repeats an address: it may hold a password.
    """
    texts = {key: _text(row, key) for key in COLUMNS if key not in ("lon", "lat")}
    if not texts["name"]:
        raise Flaw("name", MISSING)
    if texts["code"] and not _CODE.fullmatch(texts["code"]):
        raise Flaw("code", NOT_A_CODE)
    _refuse_ids(texts)
    if not (texts["code"] or texts["channel_id"]):
        raise Flaw("code", MISSING)
    for key, schemes in (("rtsp", ("rtsp", "rtsps")), ("hls_url", ("http", "https"))):
        if texts[key] and (wrong := wrong_address(texts[key], *schemes)):
            raise Flaw(key, wrong)
    lon, lat = _place(row, texts.pop("crs"))
    texts["area_code"] = _area(texts["area_code"])
    return CameraLine(lon=lon, lat=lat, **texts)


def _text(row: Mapping[str, Any], key: str) -> str:
    given = row.get(key)
    if key in ("device_id", "channel_id") and isinstance(given, int | float):
        raise Flaw(key, DIGITS_LOST)
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    text = "" if given is None else str(given).strip()
    if text.startswith("="):
        raise Flaw(key, FORMULA)
    if len(text) > (most := LONGEST.get(key, 40)):
        raise Flaw(key, TOO_LONG, most=most)
    return text


def _refuse_ids(texts: Mapping[str, str]) -> None:
    if not (texts["device_id"] or texts["channel_id"]):
        return
    for key, types in (("device_id", DEVICE_TYPES), ("channel_id", CHANNEL_TYPES)):
        if wrong := wrong_id(texts[key], types):
            raise Flaw(key, wrong)


def _place(row: Mapping[str, Any], crs: str) -> tuple[float, float]:
    """Where it stands, CGCS2000 degrees to some ten centimetres."""
    lon, lat = (_degrees(row, key, *ends) for key, ends in
                (("lon", (73.0, 136.0)), ("lat", (3.0, 54.0))))  # fmt: skip
    if crs.lower() in GCJ02:
        lon, lat = (float(one) for one in gcj02_to_cgcs2000(lon, lat))
    elif crs.lower() not in TRUE:
        raise Flaw("crs", NO_SUCH_CRS)
    return round(lon, 6), round(lat, 6)


def _degrees(row: Mapping[str, Any], key: str, least: float, most: float) -> float:
    value = number(key, row.get(key))
    if value is None:
        raise Flaw(key, MISSING)
    if not least <= value <= most:
        raise Flaw(key, OUT_OF_CHINA)
    return value


def _area(text: str) -> str:
    try:
        return area_code(text) if text else ""
    except BadAreaCode:
        raise Flaw("area_code", NO_AREA_CODE) from None
