from django.urls import path

from anlan.operations.credit.views import listings

urlpatterns = [
    path("credit", listings.listings_page, name="credit"),
    path("credit/export", listings.listings_export, name="credit-export"),
    path("credit/events", listings.events_page, name="credit-events"),
    path("credit/events/export", listings.events_export, name="credit-events-export"),
    path("credit/new", listings.notice_page, name="credit-notice"),
    path("credit/<int:listing_id>", listings.listing_page, name="listing"),
    path("credit/<int:listing_id>/step", listings.step, name="listing-step"),
]
