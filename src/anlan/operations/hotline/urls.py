from django.urls import path

from anlan.operations.hotline.views import posters, public, steps, tips

urlpatterns = [
    path("12350", public.report_page, name="hotline-report"),
    path("12350/hazard", public.report_page, {"hazard": True}, name="hotline-report-hazard"),
    path("12350/at/<str:token>", public.report_page, name="hotline-report-at"),
    path("12350/follow", public.follow_page, name="hotline-follow"),
    path("12350/withdraw", public.withdraw_page, name="hotline-withdraw"),
    path("hotline", tips.tips_page, name="hotline"),
    path("hotline/export", tips.export, name="hotline-export"),
    path("hotline/new", tips.call_page, name="hotline-call"),
    path("hotline/new/hazard", tips.call_page, {"hazard": True}, name="hotline-call-hazard"),
    path("hotline/posters", posters.posters_page, name="hotline-posters"),
    path(
        "hotline/posters/enterprise/<int:enterprise_id>", posters.enterprise_poster,
        name="hotline-enterprise-poster",
    ),
    path("hotline/posters/area/<str:area_code>", posters.area_poster, name="hotline-area-poster"),
    path("hotline/posters/hazard/<str:area_code>", posters.hazard_poster,
         name="hotline-hazard-poster"),
    path("hotline/<int:tip_id>", tips.tip_page, name="hotline-tip"),
    path("hotline/<int:tip_id>/step", steps.take, name="hotline-step"),
    path("hotline/<int:tip_id>/informant", tips.informant, name="hotline-informant"),
    path("hotline/<int:tip_id>/informant/correct", tips.correct, name="hotline-informant-correct"),
]  # fmt: skip
