"""What a person types at a draft, parsed once into typed values."""

import json
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anlan.operations.alerts.actions import DraftEdit, NewDraft
from anlan.vocabulary import clock

LOCAL = "%Y-%m-%dT%H:%M"


class EditForm(forms.Form):
    """The words, the end, the communities and (rarely) a drawn area of a draft."""

    headline = forms.CharField(
        max_length=200, required=False, label=pgettext_lazy("alert", "Headline")
    )
    message = forms.CharField(required=False, label=_("What households read"), max_length=500)
    description = forms.CharField(
        required=False, label=pgettext_lazy("alert", "Description"), max_length=1000
    )
    instruction = forms.CharField(
        required=False, label=pgettext_lazy("alert", "Instruction"), max_length=1000
    )
    expires_at = forms.DateTimeField(required=False, input_formats=[LOCAL], label=_("Ends at"))
    area = forms.CharField(required=False, label=_("Area as GeoJSON"), max_length=200_000)

    def clean_area(self) -> dict[str, Any] | None:
        text = self.cleaned_data["area"].strip()
        if not text:
            return None
        try:
            found = json.loads(text)
        except ValueError as fault:
            raise forms.ValidationError(_("This is not JSON: %(why)s") % {"why": fault}) from fault
        if isinstance(found, dict) and found.get("type") == "Feature":
            found = found.get("geometry")
        if not isinstance(found, dict) or found.get("type") not in ("Polygon", "MultiPolygon"):
            raise forms.ValidationError(_("A Polygon or MultiPolygon is needed (lon, lat)."))
        return found

    def edit(self, data: QueryDict) -> DraftEdit:
        """The change as the action takes it; call after `is_valid`."""
        said = self.cleaned_data
        return DraftEdit(
            headline=said["headline"] or None, description=said["description"] or None,
            instruction=said["instruction"] or None, message=said["message"] or None,
            expires_at=_here(said["expires_at"]), area=said["area"],
            communities=data.getlist("community") if "communities_shown" in data else None,
        )  # fmt: skip


class NewForm(forms.Form):
    """An alert written without a forecast."""

    level = forms.TypedChoiceField(
        choices=[("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")],
        coerce=int,
        label=pgettext_lazy("alert", "Level"),
    )
    message = forms.CharField(max_length=500, label=_("What households read"))
    description = forms.CharField(max_length=1000, label=pgettext_lazy("alert", "Description"))
    expires_at = forms.DateTimeField(input_formats=[LOCAL], label=_("Ends at"))
    communities = forms.MultipleChoiceField(label=pgettext_lazy("alert", "Communities"))

    def __init__(self, codes: list[tuple[str, str]], data: QueryDict | None = None) -> None:
        super().__init__(data)
        field = self.fields["communities"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = codes

    def new(self) -> NewDraft:
        said = self.cleaned_data
        expires = _here(said["expires_at"])
        return NewDraft(
            level=said["level"], communities=said["communities"], message=said["message"],
            description=said["description"], expires_at=expires or clock.now(),
        )  # fmt: skip


def _here(at: datetime | None) -> datetime | None:
    return at.astimezone(clock.CHINA) if at is not None else None
