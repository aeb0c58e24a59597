from django.urls import path

from anlan.operations.alerts import views

urlpatterns = [
    path("alerts", views.alerts_page, name="alerts"),
    path("alerts/export", views.alerts_export, name="alerts-export"),
    path("alerts/new", views.new_page, name="alert-new"),
    path("alerts/<int:alert_id>", views.alert_page, name="alert"),
    path("alerts/<int:alert_id>/cap.xml", views.cap_document, name="alert-cap"),
    path("alerts/<int:alert_id>/edit", views.change, name="alert-edit"),
    path("alerts/<int:alert_id>/calls/<int:delivery_id>", views.call, name="alert-call"),
    path("alerts/<int:alert_id>/help/<int:delivery_id>", views.helped, name="alert-helped"),
    path("alerts/<int:alert_id>/doors/<str:area_code>", views.doors, name="alert-doors"),
    *(
        path(f"alerts/<int:alert_id>/{verb}", views.step_view(verb), name=f"alert-{verb}")
        for verb in views.STEPS
    ),
]
