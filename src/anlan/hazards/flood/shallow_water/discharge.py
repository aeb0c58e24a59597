"""How much water a structure lets through: weir, gate, culvert; levels and lengths in metres, m3/s.

Each takes the water surfaces above and below and neglects the speed of approach. All in float64.
"""

from math import acos, pi, sin, sqrt
from typing import Any

from anlan.hazards.flood.shallow_water.compiled import kernel

G = 9.81


@kernel
def submergence(above: Any, below: Any) -> Any:
    """Share of its free discharge that a weir keeps under a tailwater, heads over the crest.

    Villemonte (1947), Engineering News-Record 139, 866-869: (1 - (h2/h1)^1.5)^0.385.
    """
    if below <= 0.0:
        return 1.0
    if below >= above:
        return 0.0
    return (1.0 - (below / above) ** 1.5) ** 0.385


@kernel
def over_weir(above: Any, below: Any, crest: Any, width: Any, coefficient: Any) -> Any:
    """Q = C b h1^1.5 times the submergence; C in m^0.5/s, (2/3)^1.5 sqrt(g) = 1.705 for a broad
    crest (Henderson 1966, Open Channel Flow, ch. 6)."""
    head = above - crest
    if head <= 0.0:
        return 0.0
    return coefficient * width * head**1.5 * submergence(head, below - crest)


@kernel
def under_gate(above: Any, below: Any, gate: Any, opening: Any) -> Any:
    """Through a rectangular opening over a sill: orifice while it is drowned from above, else weir.

    Q = C a b sqrt(2 g H), H from the middle of the opening, or the tailwater if that is higher; a
    head below the upper edge gives C b sqrt(g) h1^1.5, which meets it there (Rossman 2017, SWMM
    reference manual II, EPA/600/R-17/111, orifices). gate: sill, width, C.
    """
    sill, width, coefficient = gate
    head = above - sill
    if head <= 0.0 or opening <= 0.0:
        return 0.0
    if head < opening:
        return over_weir(above, below, sill, width, coefficient * sqrt(G))
    fall = above - max(below, sill + 0.5 * opening)
    return coefficient * opening * width * sqrt(2.0 * G * max(fall, 0.0))


@kernel
def culvert_inlet(head: Any, width: Any, height: Any) -> Any:
    """What the inlet of a barrel takes, weir-like or drowned; width 0 is a pipe of that diameter.

    Boyd (1987), Generalised head-discharge equations for culverts, 4th National Local Government
    Engineering Conference, Perth, equations 9 and 10, fitted to the charts of FHWA HEC-5 and
    HEC-10; the lesser of both, which cross at 1.3 times the height.
    """
    if head <= 0.0:
        return 0.0
    if width > 0.0:
        weir = 0.544 * sqrt(G) * width * head**1.5
        return min(weir, 0.702 * sqrt(G) * width * height**0.89 * head**0.61)
    weir = 0.421 * sqrt(G) * height**0.87 * head**1.63
    return min(weir, 0.530 * sqrt(G) * height**1.87 * head**0.63)


@kernel
def critical_depth(discharge: Any, width: Any, height: Any) -> Any:
    """In a barrel, not above its height. A pipe: Straub (1978), Civil Engineering 48 (12), 70-71,
    1.01 D^-0.26 (Q^2/g)^0.25."""
    if width > 0.0:
        return min((discharge * discharge / (G * width * width)) ** (1.0 / 3.0), height)
    return min(1.01 * height**-0.26 * (discharge * discharge / G) ** 0.25, height)


@kernel
def section(depth: Any, width: Any, height: Any) -> Any:
    """Area (m2) and hydraulic radius (m) of a barrel filled to a depth."""
    if width > 0.0:
        full = depth >= height
        around = 2.0 * (width + height) if full else width + 2.0 * depth
        return width * depth, width * depth / around
    angle = 2.0 * acos(1.0 - 2.0 * min(depth / height, 1.0))
    angle = 2.0 * pi if depth >= height else angle
    return height * height * (angle - sin(angle)) / 8.0, height * (1.0 - sin(angle) / angle) / 4.0


@kernel
def through_culvert(above: Any, below: Any, inverts: Any, barrel: Any) -> Any:
    """The lesser of inlet and outlet control, one barrel.

    Outlet control is the energy equation of FHWA HDS-5 (HIF-12-026, 2012, 3.1.4),
    H = (1 + ke + 2 g n^2 L / R^(4/3)) V^2 / 2g, with area and radius at the depth in which the
    water leaves: critical, or the tailwater's where that is higher. inverts: at the upper and the
    lower end; barrel: width (0: pipe), height, length, n, ke.
    """
    width, height, length, n, entry = barrel
    inlet = culvert_inlet(above - inverts[0], width, height)
    if inlet <= 0.0:
        return 0.0
    leaving = max(critical_depth(inlet, width, height), min(below - inverts[1], height))
    area, radius = section(leaving, width, height)
    fall = above - max(below, inverts[1] + leaving)
    if fall <= 0.0:
        return 0.0
    losses = 1.0 + entry + 2.0 * G * n * n * length / radius ** (4.0 / 3.0)
    return min(inlet, area * sqrt(2.0 * G * fall / losses))
