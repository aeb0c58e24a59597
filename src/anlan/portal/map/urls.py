"""Addresses of the one map."""

from django.urls import path

from anlan.portal.map import views

urlpatterns = [
    path("map", views.page, name="map"),
    path("map/base.json", views.base, name="map-base"),
    path("map/base/hillshade-<str:theme>.jpg", views.hillshade, name="map-hillshade"),
    path("map/terrain/<int:z>/<int:x>/<int:y>.png", views.terrain, name="map-terrain"),
    path("map/layers.json", views.layers, name="map-layers"),
    path("map/layers/<slug:key>.geojson", views.layer, name="map-layer"),
    path("map/search", views.find, name="map-search"),
    path("map/around", views.around, name="map-around"),
]
