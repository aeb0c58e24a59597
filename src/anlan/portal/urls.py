"""Every address of the house: each app brings its own `urls`, portal adds the common ones."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from anlan.portal import doors, fieldwork, live

urlpatterns: list[URLPattern | URLResolver] = [
    path("login", doors.log_in, name="login"),
    path("logout", doors.log_out, name="logout"),
    path("password", doors.change_password, name="password"),
    path("language", set_language, name="set_language"),
    path("theme", doors.choose_theme, name="theme"),
    path("frame", live.frame_parts, name="frame"),
    path("live", live.live, name="live"),
    path("fieldwork/worker.js", fieldwork.worker, name="fieldwork-worker"),
    path("", include("anlan.portal.map.urls")),
]
if find_spec("anlan.portal.api"):
    # `api` is the NinjaAPI that composes every app's router.
    urlpatterns.append(path("api/v1/", import_module("anlan.portal.api").api.urls))
urlpatterns += [
    path("", include(f"anlan.operations.{app}.urls"))
    for app in settings.APPS
    if find_spec(f"anlan.operations.{app}.urls")
]
