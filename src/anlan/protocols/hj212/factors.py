"""Factors of HJ 212 as data: the codes of both editions, the name and the unit of a concentration.

2017 annex B takes its codes from HJ 524 (air, ``a``) and HJ 525 (water, ``w``); 2005 annex B has
codes of its own. Surface water's own list (turbidity, chlorophyll and so on) is not in the 2017
table and comes last. The codes of treatment works (``e``, ``g``) are not here.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Factor:
    """One row of annex B. `old` is the 2005 edition's code, empty where it has none."""

    code: str
    old: str
    name: str
    unit: str


# code, code of 2005 or -, name, unit or -
_WATER = """
w00000 B01 污水 L/s
w01001 001 pH值 -
w01002 002 色度 度
w01006 - 溶解性总固体 mg/L
w01009 - 溶解氧 mg/L
w01010 - 水温 °C
w01012 003 悬浮物 mg/L
w01014 - 电导率 µS/cm
w01017 010 五日生化需氧量 mg/L
w01018 011 化学需氧量 mg/L
w01019 - 高锰酸盐指数 mg/L
w01020 015 总有机碳 mg/L
w02003 550 粪大肠菌群 个/L
w02006 - 细菌总数 个/L
w03001 570 总α放射性 Bq/L
w03002 571 总β放射性 Bq/L
w19001 - 表面活性剂 mg/L
w19002 520 阴离子表面活性剂 mg/L
w20012 039 钡 mg/L
w20023 037 硼 mg/L
w20038 040 钴 mg/L
w20061 038 钼 mg/L
w20089 041 铊 ng/L
w20092 036 锡 mg/L
w20111 020 总汞 µg/L
w20113 021 烷基汞 ng/L
w20115 022 总镉 µg/L
w20116 023 总铬 mg/L
w20117 024 六价铬 µg/L
w20119 026 总砷 µg/L
w20120 027 总铅 µg/L
w20121 028 总镍 mg/L
w20122 029 总铜 mg/L
w20123 030 总锌 mg/L
w20124 031 总锰 mg/L
w20125 032 总铁 mg/L
w20126 033 总银 mg/L
w20127 034 总铍 µg/L
w20128 035 总硒 µg/L
w20138 - 铜 mg/L
w20139 - 锌 mg/L
w20140 - 硒 mg/L
w20141 - 砷 mg/L
w20142 - 汞 µg/L
w20143 - 镉 µg/L
w20144 - 铅 mg/L
w21001 065 总氮 mg/L
w21003 060 氨氮 mg/L
w21004 062 凯氏氮 mg/L
w21006 063 亚硝酸盐 mg/L
w21007 064 硝酸盐 mg/L
w21011 101 总磷 mg/L
w21016 070 氰化物 mg/L
w21017 072 氟化物 mg/L
w21019 071 硫化物 mg/L
w21022 090 氯化物 mg/L
w21038 - 硫酸盐 mg/L
w22001 080 石油类 mg/L
w23002 110 挥发酚 mg/L
w25043 540 苯并[α]芘 µg/L
w33001 350 六六六 ng/L
w33007 351 滴滴涕 ng/L
w99001 061 有机氮 mg/L
"""

_AIR = """
a00000 B02 废气 m³/s
a01001 - 温度 °C
a01002 - 湿度 %
a01006 - 气压 kPa
a01007 - 风速 m/s
a01008 - 风向 °
a01010 37 林格曼黑度 -
a01011 S02 烟气流速 m/s
a01012 S03 烟气温度 °C
a01013 S08 烟气压力 kPa
a01014 S05 烟气湿度 %
a01015 S06 制冷温度 °C
a01016 S07 烟道截面积 m²
a01017 S04 烟气动压 kPa
a01901 - 垃圾焚烧炉膛内焚烧平均温度 °C
a01902 - 垃圾焚烧炉膛内DCS温度 °C
a05001 30 二氧化碳 mg/m³
a05002 - 甲烷 mg/m³
a05008 - 三氯一氟甲烷 mg/m³
a05009 - 二氯二氟甲烷 mg/m³
a05013 - 三氯三氟乙烷 mg/m³
a05024 - 臭氧 µg/m³
a19001 S01 氧气含量 %
a20007 - 砷 ng/m³
a20016 36 铍及其化合物 mg/m³
a20025 33 镉及其化合物 mg/m³
a20026 - 镉 ng/m³
a20043 32 铅及其化合物 mg/m³
a20044 - 铅 ng/m³
a20057 31 汞及其化合物 mg/m³
a20058 - 汞 ng/m³
a20063 35 镍及其化合物 mg/m³
a20091 34 锡及其化合物 mg/m³
a21001 10 氨(氨气) mg/m³
a21002 03 氮氧化物 mg/m³
a21003 - 一氧化氮 mg/m³
a21004 - 二氧化氮 mg/m³
a21005 04 一氧化碳 mg/m³
a21017 07 氰化物 mg/m³
a21018 06 氟化物 mg/m³
a21022 11 氯气 mg/m³
a21024 08 氯化氢 mg/m³
a21026 02 二氧化硫 mg/m³
a21028 05 硫化氢 mg/m³
a23001 27 酚类 mg/m³
a24003 - 二氯甲烷 mg/m³
a24004 - 三氯甲烷 mg/m³
a24005 - 四氯甲烷 mg/m³
a24006 - 二溴一氯甲烷 mg/m³
a24007 - 一溴二氯甲烷 mg/m³
a24008 - 溴甲烷 mg/m³
a24009 - 三溴甲烷 mg/m³
a24015 - 氯乙烷 mg/m³
a24016 - 1,1-二氯乙烷 mg/m³
a24017 - 1,2-二氯乙烷 mg/m³
a24018 - 1,1,1-三氯乙烷 mg/m³
a24019 - 1,1,2-三氯乙烷 mg/m³
a24020 - 1,1,2,2-四氯乙烷 mg/m³
a24027 - 1,2-二氯丙烷 mg/m³
a24034 - 1,2-二溴乙烷 mg/m³
a24036 - 环己烷 mg/m³
a24042 - 正己烷 mg/m³
a24043 - 正庚烷 mg/m³
a24046 29 氯乙烯 mg/m³
a24047 - 1,1-二氯乙烯 mg/m³
a24049 - 三氯乙烯 mg/m³
a24050 - 四氯乙烯 mg/m³
a24053 - 丙烯 mg/m³
a24054 - 1,3-二氯丙烯 mg/m³
a24072 - 1,4-二恶烷 mg/m³
a24078 - 1,3-丁二烯 mg/m³
a24087 25 碳氢化合物 mg/m³
a24088 - 非甲烷总烃 mg/m³
a24099 - 氯甲烷 mg/m³
a24110 - 反式-1,2-二氯乙烯 mg/m³
a24111 - 顺式-1,2-二氯乙烯 mg/m³
a24112 - 反式-1,3-二氯丙烯 mg/m³
a24113 - 六氯-1,3-丁二烯 mg/m³
a25002 - 苯 mg/m³
a25003 17 甲苯 mg/m³
a25004 - 乙苯 mg/m³
a25005 18 二甲苯 mg/m³
a25006 - 1,2-二甲基苯 mg/m³
a25007 - 1,3-二甲基苯 mg/m³
a25008 - 1,4-二甲基苯 mg/m³
a25010 23 氯苯 mg/m³
a25011 - 1,2-二氯苯 mg/m³
a25012 - 1,3-二氯苯 mg/m³
a25013 - 1,4-二氯苯 mg/m³
a25014 - 1-乙基-4-甲基苯 mg/m³
a25015 - 1,2,4-三氯苯 mg/m³
a25019 - 1,2,4-三甲基苯 mg/m³
a25020 - 1,2,3-三甲基苯 mg/m³
a25021 - 1,3,5-三甲基苯 mg/m³
a25023 22 硝基苯 mg/m³
a25038 - 乙烯基苯 mg/m³
a25044 20 苯并[a]芘 mg/m³
a25072 - 四氢呋喃 mg/m³
a26001 21 苯胺类 mg/m³
a29017 - 乙酸乙酯 mg/m³
a29026 - 乙酸乙烯酯 mg/m³
a30001 28 甲醇 mg/m³
a30008 - 异丙醇 mg/m³
a30022 13 硫醇 mg/m³
a31001 19 甲醛 mg/m³
a31002 26 乙醛 mg/m³
a31024 - 丙酮 mg/m³
a31025 - 2-丁酮 mg/m³
a31030 - 甲基异丁基甲酮 mg/m³
a34001 - 总悬浮颗粒物TSP µg/m³
a34002 - 可吸入颗粒物PM10 µg/m³
a34004 - 细微颗粒物PM2.5 µg/m³
a34005 - 亚微米颗粒物PM1.0 µg/m³
a34011 - 降尘 t/(km²·月)
a34013 01 烟尘 mg/m³
a34017 - 炭黑尘 mg/m³
a34038 09 沥青烟 mg/m³
a34039 14 硫酸雾 mg/m³
a34040 15 铬酸雾 mg/m³
a99010 - 丙烯腈 mg/m³
a99049 24 光气 mg/m³
a99051 12 二硫化碳 mg/m³
"""

_NOISE = """
LA - A权声级 dB
L5 - 累计百分声级L5 dB
L10 - 累计百分声级L10 dB
L50 - 累计百分声级L50 dB
L90 - 累计百分声级L90 dB
L95 - 累计百分声级L95 dB
Leq - 等效声级 dB
Ldn - 昼夜等效声级 dB
Ld - 昼间等效声级 dB
Ln - 夜间等效声级 dB
LMx - 最大的瞬时声级 dB
LMn - 最小的瞬时声级 dB
"""

_SURFACE_WATER = """
w01003 - 浑浊度 NTU
w01016 - 叶绿素a µg/L
w01022 - 蓝绿藻密度 个/mL
"""

_ROWS = [line.split() for line in (_WATER + _AIR + _NOISE + _SURFACE_WATER).splitlines() if line]

FACTORS = {
    code: Factor(code, "" if old == "-" else old, name, "" if unit == "-" else unit)
    for code, old, name, unit in _ROWS
}
# 2017 states these in µg/L or ng/L; the table of 2005 had mg/L for everything in water.
_MG_IN_2005 = {"020", "021", "022", "024", "026", "027", "034", "035", "041"}
OF_2005 = {
    row.old: replace(row, unit="mg/L") if row.old in _MG_IN_2005 else row
    for row in FACTORS.values()
    if row.old
}


def factor(code: str) -> Factor | None:
    """The row of a code of either edition, with that edition's unit."""
    return FACTORS.get(code) or OF_2005.get(code)
