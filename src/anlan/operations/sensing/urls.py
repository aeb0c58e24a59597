from django.urls import path

from anlan.operations.sensing.views import (
    alarms,
    devices,
    imports,
    orders,
    quality,
    senders,
    stations,
)

urlpatterns = [
    path("stations", stations.stations_page, name="stations"),
    path("stations/unknown", devices.unknown_page, name="unknown-devices"),
    path("stations/unknown/adopt", devices.adopt, name="adopt-device"),
    path("stations/bad-frames", devices.bad_frames_page, name="bad-frames"),
    path("devices/senders", senders.senders_page, name="senders"),
    path("devices/senders/<int:sender_id>/revoke", senders.revoke, name="revoke-sender"),
    path("devices/import-readings", imports.import_page, name="import-readings"),
    path("devices/import-readings/template", imports.template, name="import-template"),
    path("devices/import-readings/<int:file_id>", imports.file_page, name="import-file"),
    path("devices/import-readings/<int:file_id>/take", imports.take, name="take-file"),
    path("stations/flagged", quality.flagged_stations, name="flagged-stations"),
    path("alarms", alarms.alarms_page, name="alarms-observed"),
    path("alarms/<int:alarm_id>/acknowledge", alarms.acknowledge, name="acknowledge-alarm"),
    path("stations/<slug:code>", stations.station_page, name="station"),
    path("stations/<slug:code>/orders", orders.orders_page, name="device-orders"),
    path("stations/<slug:code>/order", orders.order, name="order-device"),
    path("stations/<slug:code>/flagged", quality.flagged_page, name="flagged"),
    path("stations/<slug:code>/flagged/export", quality.flagged_export, name="flagged-export"),
    path("stations/<slug:code>/judge", quality.judge, name="judge-reading"),
    path("stations/<slug:code>/export", stations.station_export, name="station-export"),
]
