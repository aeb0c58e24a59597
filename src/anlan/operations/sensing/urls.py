from django.urls import path

from anlan.operations.sensing import views

urlpatterns = [
    path("stations", views.stations_page, name="stations"),
    path("stations/bad-frames", views.bad_frames_page, name="bad-frames"),
    path("alarms", views.alarms_page, name="alarms-observed"),
    path("alarms/<int:alarm_id>/acknowledge", views.acknowledge, name="acknowledge-alarm"),
    path("stations/<slug:code>", views.station_page, name="station"),
    path("stations/<slug:code>/export", views.station_export, name="station-export"),
]
