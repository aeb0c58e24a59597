"""Dangerous chemicals with their thresholds Q and factors beta: GB 18218-2018, tables 1 to 4.

Cited from knowledge of the standard; check an entry against the printed table before relying on it.
`beta` of a toxic gas is table 3's, of any other substance that of its class in table 4. The classes
of table 2 stand at the end, for what table 1 does not name.
"""

from dataclasses import dataclass

SOURCE = "GB 18218-2018"


@dataclass(frozen=True, slots=True)
class Substance:
    """`name` as the standard prints it; `cas` is empty for a class or a mixture."""

    name: str
    cas: str
    threshold_t: float
    beta: float


def _table(rows: str) -> dict[str, Substance]:
    found = {}
    for row in rows.strip().splitlines():
        key, name, cas, threshold, beta = (cell.strip() for cell in row.split("|"))
        found[key] = Substance(name, "" if cas == "-" else cas, float(threshold), float(beta))
    return found


SUBSTANCES = _table("""
ammonia | 氨 | 7664-41-7 | 10 | 2
chlorine | 氯 | 7782-50-5 | 5 | 4
sulphur_dioxide | 二氧化硫 | 7446-09-5 | 20 | 2
nitrogen_dioxide | 二氧化氮 | 10102-44-0 | 1 | 10
phosgene | 碳酰氯（光气） | 75-44-5 | 0.3 | 20
ethylene_oxide | 环氧乙烷 | 75-21-8 | 10 | 2
phosphine | 磷化氢 | 7803-51-2 | 1 | 20
hydrogen_sulphide | 硫化氢 | 7783-06-4 | 5 | 5
hydrogen_chloride | 氯化氢（无水） | 7647-01-0 | 20 | 3
hydrogen_fluoride | 氟化氢 | 7664-39-3 | 1 | 5
hydrogen_cyanide | 氰化氢 | 74-90-8 | 1 | 10
methyl_bromide | 溴甲烷 | 74-83-9 | 10 | 3
methyl_isocyanate | 异氰酸甲酯 | 624-83-9 | 0.75 | 20
coal_gas | 煤气（CO，CO 和 H2、CH4 的混合物等） | - | 20 | 2
hydrogen | 氢 | 1333-74-0 | 5 | 1.5
natural_gas | 甲烷、天然气 | 74-82-8 | 50 | 1.5
lpg | 液化石油气（含丙烷、丁烷及其混合物） | 68476-85-7 | 50 | 1.5
acetylene | 乙炔 | 74-86-2 | 1 | 1.5
ethylene | 乙烯 | 74-85-1 | 50 | 1.5
butadiene | 1,3-丁二烯 | 106-99-0 | 5 | 1.5
dimethyl_ether | 二甲醚 | 115-10-6 | 50 | 1.5
vinyl_chloride | 氯乙烯 | 75-01-4 | 50 | 1.5
methylamine | 一甲胺 | 74-89-5 | 5 | 1.5
oxygen | 氧（压缩的或液化的） | 7782-44-7 | 200 | 1
petrol | 汽油（乙醇汽油、甲醇汽油） | 86290-81-5 | 200 | 1
methanol | 甲醇 | 67-56-1 | 500 | 1
ethanol | 乙醇 | 64-17-5 | 500 | 1
acetone | 丙酮 | 67-64-1 | 500 | 1
benzene | 苯 | 71-43-2 | 50 | 1
toluene | 甲苯 | 108-88-3 | 500 | 1
styrene | 苯乙烯 | 100-42-5 | 500 | 1
cyclohexane | 环己烷 | 110-82-7 | 500 | 1
hexane | 正己烷 | 110-54-3 | 500 | 1
ethyl_acetate | 乙酸乙酯 | 141-78-6 | 500 | 1
carbon_disulphide | 二硫化碳 | 75-15-0 | 50 | 1
white_phosphorus | 白磷 | 12185-10-3 | 50 | 1
potassium_chlorate | 氯酸钾 | 3811-04-9 | 100 | 1
sodium_chlorate | 氯酸钠 | 7775-09-9 | 100 | 1
ammonium_nitrate | 硝酸铵（含可燃物≤0.2%） | 6484-52-2 | 50 | 1
potassium_nitrate | 硝酸钾 | 7757-79-1 | 1000 | 1
calcium_carbide | 碳化钙 | 75-20-7 | 100 | 1
potassium | 钾 | 7440-09-7 | 1 | 1
sodium | 钠 | 7440-23-5 | 10 | 1
J1 | 急性毒性 J1 | - | 5 | 4
J2 | 急性毒性 J2 | - | 50 | 1
J3 | 急性毒性 J3 | - | 50 | 2
J4 | 急性毒性 J4 | - | 50 | 2
J5 | 急性毒性 J5 | - | 500 | 1
W1.1 | 爆炸物 W1.1 | - | 1 | 2
W1.2 | 爆炸物 W1.2 | - | 10 | 2
W1.3 | 爆炸物 W1.3 | - | 50 | 2
W2 | 易燃气体 W2 | - | 10 | 1.5
W3 | 气溶胶 W3（净重） | - | 150 | 1
W4 | 氧化性气体 W4 | - | 50 | 1
W5.1 | 易燃液体 W5.1 | - | 10 | 1.5
W5.2 | 易燃液体 W5.2 | - | 50 | 1
W5.3 | 易燃液体 W5.3 | - | 1000 | 1
W5.4 | 易燃液体 W5.4 | - | 5000 | 1
W6.1 | 自反应物质和混合物 W6.1 | - | 10 | 1.5
W6.2 | 自反应物质和混合物 W6.2 | - | 50 | 1
W7.1 | 有机过氧化物 W7.1 | - | 10 | 1.5
W7.2 | 有机过氧化物 W7.2 | - | 50 | 1
W8 | 自燃液体和自燃固体 W8 | - | 50 | 1
W9.1 | 氧化性固体和液体 W9.1 | - | 50 | 1
W9.2 | 氧化性固体和液体 W9.2 | - | 200 | 1
W10 | 易燃固体 W10 | - | 200 | 1
W11 | 遇水放出易燃气体的物质和混合物 W11 | - | 200 | 1
""")
