from django.urls import path

from anlan.operations.forecasts import views

urlpatterns = [
    path("forecasts", views.runs_page, name="forecasts"),
    path("forecasts/<int:run_id>", views.run_page, name="forecast"),
    path("forecasts/<int:run_id>/depth/<int:number>.png", views.depth_picture, name="depth"),
    path(
        "forecasts/stages/<int:library_id>/<int:centimetres>.png",
        views.stage_picture,
        name="stage-picture",
    ),
    path("forecasts/<int:run_id>/extent.geojson", views.extent, {"name": "extent"}, "extent"),
    path("forecasts/<int:run_id>/band.geojson", views.extent, {"name": "band"}, "band"),
]
