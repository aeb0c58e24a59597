from django.urls import path

from anlan.operations.calls.views import calls, counts, steps

urlpatterns = [
    path("calls", calls.calls_page, name="calls"),
    path("calls/export", calls.export, name="calls-export"),
    path("calls/new", calls.new_page, name="new-call"),
    path("calls/counts", counts.counts_page, name="calls-counts"),
    path("calls/<int:call_id>", calls.call_page, name="township-call"),
    path("calls/<int:call_id>/step", steps.take, name="call-step"),
    path("calls/<int:call_id>/photo", calls.add_photo, name="call-photo"),
    path("calls/photos/<int:call_photo_id>", calls.photo_page, name="call-photo-file"),
]
