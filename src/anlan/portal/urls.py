"""Every address of the house: each app brings its own `urls`."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"anlan.operations.{app}.urls"))
    for app in settings.APPS
    if find_spec(f"anlan.operations.{app}.urls")
]
