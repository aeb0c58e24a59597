from django.urls import path

from anlan.operations.forecasts import views

urlpatterns = [
    path("forecasts", views.runs_page, name="forecasts"),
    path("forecasts/<int:run_id>", views.run_page, name="forecast"),
    path("forecasts/<int:run_id>/depth/<int:number>.png", views.depth_picture, name="depth"),
    path(
        "forecasts/<int:run_id>/water/<int:number>/<int:z>/<int:x>/<int:y>.png",
        views.water_tile,
        name="water-tile",
    ),
    path(
        "forecasts/<int:run_id>/water/most/<int:z>/<int:x>/<int:y>.png",
        views.water_tile,
        name="water-most",
    ),
    path("forecasts/<int:run_id>/water.json", views.water_words, name="water-words"),
    path(
        "forecasts/stages/<int:library_id>/<int:centimetres>/<int:z>/<int:x>/<int:y>.png",
        views.stage_tile,
        name="stage-tile",
    ),
    path("forecasts/<int:run_id>/extent.geojson", views.extent, {"name": "extent"}, "extent"),
    path("forecasts/<int:run_id>/band.geojson", views.extent, {"name": "band"}, "band"),
]
