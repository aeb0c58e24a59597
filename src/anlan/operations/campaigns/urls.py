from django.urls import path

from anlan.operations.campaigns.views import campaigns, entries

urlpatterns = [
    path("campaigns", campaigns.campaigns_page, name="campaigns"),
    path("campaigns/new", campaigns.new_page, name="new-campaign"),
    path("campaigns/entries/<int:entry_id>", entries.entry_page, name="campaign-entry"),
    path("campaigns/entries/<int:entry_id>/step", entries.step, name="campaign-entry-step"),
    path("campaigns/<int:campaign_id>", entries.campaign_page, name="campaign"),
    path("campaigns/<int:campaign_id>/export", entries.export, name="campaign-export"),
    path("campaigns/<int:campaign_id>/list", entries.list_page, name="list-enterprise"),
    path("campaigns/<int:campaign_id>/end", campaigns.end, name="end-campaign"),
]
