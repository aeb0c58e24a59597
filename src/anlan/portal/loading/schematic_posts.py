"""Made-up persons who answer for sites and areas: nobody is missing where the law demands one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from anlan.operations.territory.actions import NewResponsible, NewSite
from anlan.operations.territory.rules import DEMANDED, ResponsibleKind, SiteKind
from anlan.portal.loading.folder import District
from anlan.portal.loading.schematic_people import Register


@dataclass(frozen=True, slots=True)
class Post:
    """An empty post: what it answers for and whose unit fills it."""

    kind: str
    area_code: str
    site_code: str
    organisation: str


def responsible_persons(
    district: District, sites: Iterable[NewSite], persons: Register
) -> list[NewResponsible]:
    """Every post of every site and area, filled."""
    posts = [*_site_posts(district, sites), *_area_posts(district)]
    return _fill(district, posts, persons)


def _site_posts(district: District, sites: Iterable[NewSite]) -> Iterable[Post]:
    townships = {township.code: township.name for township in district.townships}
    districtwide = {
        ResponsibleKind.TECHNICAL: "区水利局",
        ResponsibleKind.GEO_ENGINEER: "驻守地质队",
        ResponsibleKind.GEO_DISTRICT: "区规划自然资源局",
    }
    for site in sites:
        kind = SiteKind(site.kind)
        demanded = DEMANDED.get(kind, ())
        if kind is SiteKind.STAGE_STATION:
            demanded = DEMANDED[SiteKind.RESERVOIR]
        if kind in (SiteKind.SHELTER, SiteKind.STORE):
            demanded = (ResponsibleKind.KEEPER,)
        home = townships.get(site.area_code[:9], district.name)
        for post in demanded:
            yield Post(post.value, site.area_code, site.code, districtwide.get(post, home))


def _area_posts(district: District) -> Iterable[Post]:
    names = {township.code: township.name for township in district.townships}
    for township in district.townships:
        yield Post(ResponsibleKind.TOWNSHIP_DUTY.value, township.code, "", township.name)
    for community in district.communities:
        unit = f"{names[community.code[:9]]}{community.name}"
        yield Post(ResponsibleKind.COMMUNITY_HEAD.value, community.code, "", unit)
        yield Post(ResponsibleKind.GRID_WORKER.value, community.code, "", unit)


def _fill(district: District, posts: Sequence[Post], persons: Register) -> list[NewResponsible]:
    names, phones = persons.names(len(posts)), persons.phones(len(posts))
    return [
        NewResponsible(
            kind=post.kind,
            name=f"{post.organisation}值班室"
            if post.kind == ResponsibleKind.TOWNSHIP_DUTY else name,
            phone=phone, area_code=post.area_code, site_code=post.site_code,
            organisation=post.organisation, schematic=True,
            source=str(district.made_up["note"]),
        )
        for post, name, phone in zip(posts, names, phones, strict=True)
    ]  # fmt: skip
