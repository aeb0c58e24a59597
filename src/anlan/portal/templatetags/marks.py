"""The marks of `ui.md` 3: level, bars, state pill, datum value, deadline."""

from django import template

register = template.Library()
