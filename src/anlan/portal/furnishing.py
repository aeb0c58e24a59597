"""Furnishing a drill's house: tables up to date, history gone, a district inside."""

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db import connections, router, transaction

from anlan.operations.checks.actions import begin_in_a_copy
from anlan.operations.duty.actions import load_district_files as plan_roster
from anlan.operations.people.actions import PLATFORM
from anlan.operations.resources.actions import close_shelter, record_headcount
from anlan.operations.resources.queries import shelters
from anlan.operations.territory.queries import areas
from anlan.portal import loading
from anlan.portal.cli.trouble import Trouble
from anlan.portal.exercise import DISTRICTS, House

DEMO_SEED = 2020

# A copy keeps the district itself and forgets what has happened in it. Every table of the house
# is named in one of the two; a test holds them to it.
KEPT: dict[str, str] = {
    "auth": "permission group group_permissions",
    "contenttypes": "contenttype",
    "people": "account account_groups account_user_permissions organisation",
    "territory": "area waterway edition terrain household responsibleperson site road",
    "resources": "shelter team equipment supplyitem stocklot kitnorm",
    "sensing": "station series alarmrule alarmrule_inputs camera healthlimit topicmapping",
    "forecasts": "reach stagelibrary",
    "incidents": "reportingterms",
    "response": "emergencyplan planlevel plancard",
    "exercises": "exercise finding",
    "registers": "savedview",
    "safety": "enterprise enterpriseversion membership claimcode enterprisefile handlingterms",
    "posts": "post worker postcard quizitem certificate",
    "risks": "ratingterms siteplan riskpoint riskstep majorhazard sentfile",
    "hotline": "rewardterms",
    "calls": "callterms",
    "patrols": "beat patrolterms",
    "accidents": "accidentterms",
    "chemicals": "chemicalterms holding pipeline section waste movement recordversion",
    "checks": "checkitem inspectionplan charge",
    "enforcement": "enforcementunit certificate legalterm discretionrow discretionfile",
    "credit": "creditterms",
    "oversight": "checklist appraisalterms",
    "responsibilities": "bearer duty capacitylist commendation",
    "insurance": "insuranceterms policy policyversion policydocument provider providerstep",
    "assessment": "indicator outsidefigure schemeversion",
    "statistics": "scoringrule",
}
FORGOTTEN: dict[str, str] = {
    "sessions": "session",
    "people": "auditentry outboxevent reactiondone",
    "messaging": "mailing delivery callrecord",
    "deadlines": "workitem formerholder timer absence",
    "resources": "headcount",
    "sensing": "alarm alarmword badframe camerafile cameraspell devicecommand devicenotice"
    " devicecount deviceparticular feed"
    " framepart healthtally hotspot hotspotcluster lastfix latestreading maintenance partstate"
    " pushanswer"
    " reading quietband readingfile readingjudgement readingrevision rollup rollupdue sender"
    " sender_stations statedperiod stationbeat stationhealth stationpicture vehiclefix",
    "forecasts": "forecastrun communityhit forecastcheck officialforecast",
    "alerts": "alert alertarea signature publication municipalsubmission escalation",
    "incidents": "incident report figure hold entry",
    "response": "activation activationstep task taskreport shelterplan sheltershare "
    "situationreport",
    "duty": "shift logentry",
    "chemicals": "encroachment illegalactivity",
    "checks": "checktask tasknight checkrecord checkphoto inspectiontask",
    "safety": "danger dangerstep dangerphoto supervision counter wordblock",
    "posts": "meeting attendance",
    "accidents": "accident accidentreport toll liability measure accidentstep accidentcounter",
    "calls": "call callstep callphoto callcounter",
    "patrols": "patroltask patrolstep patroldanger patrolphoto fix occasion",
    "credit": "listing listingstep creditevent",
    "oversight": "review counter sampled sampledstep score fault appraisal appraisalstep"
    " evaluation evaluationcounter evaluationmeasure evaluationstep"
    " interference interferencecounter interferenceview",
    "insurance": "engagement engagementstep rating",
    "hotline": "tip tipstep informant identityview reward payment tipcounter doorcount",
    "campaigns": "campaign entry entrystep",
    "responsibilities": "reading work workstep workphoto capacitycheck capacityanswer capacitystep",
    "assessment": "scorecard scorecardstep scorecardpaper score entry edition",
    "statistics": "countedmonth monthcount checkcount supervisionalarm report"
    " dangerreturn signedreturn",
    "links": "listener telling",
    "enforcement": "appeal case casedanger caseofficer casestep exhibit payment paper paperfile"
    " papercounter publication",
}


def furnish(house: House, district: str, households: int | None) -> None:
    """Make the house ready to play in.

    Where the copy brought no district, a small one is loaded. Raises `Trouble` when it cannot be.
    """
    if house.loaded and areas("district"):
        with transaction.atomic():
            forget_history()
            begin_in_a_copy()
            _close_shelters()
            plan_roster(PLATFORM, DISTRICTS / district)
        return
    count = loading.DEMO_HOUSEHOLDS if households is None else households
    said: list[str] = []
    if loading.load_district(
        district, households=count, seed=DEMO_SEED, demo=True, say=said.append
    ):
        raise Trouble(said[-1])


def tables(listed: dict[str, str]) -> set[str]:
    """The labels (``app.model``) of a list above."""
    return {f"{app}.{model}" for app, models in listed.items() for model in models.split()}


def forget_history() -> None:
    """Empty every table that tells what happened."""
    forgotten = tables(FORGOTTEN)
    for alias in settings.DATABASES:
        here = [
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if model._meta.label_lower in forgotten and router.db_for_write(model) == alias
        ]
        _empty(alias, here)


def _empty(alias: str, names: Iterable[str]) -> None:
    connection = connections[alias]
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")


def _close_shelters() -> None:
    """A drill begins with shelters closed, whatever stands open outside."""
    for shelter in shelters(None):
        if shelter.open:
            record_headcount(PLATFORM, shelter.code, 0)
            close_shelter(PLATFORM, shelter.code)
