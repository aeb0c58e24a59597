from django.urls import path

from anlan.operations.oversight.views import appraisals, interference, reading, reviews

urlpatterns = [
    path("cases/reviews", reviews.reviews_page, name="case-reviews"),
    path("cases/reviews/export", reviews.export, name="case-reviews-export"),
    path("cases/reviews/new", reviews.new_page, name="new-case-review"),
    path("cases/reviews/<int:review_id>", reviews.review_page, name="case-review"),
    path("cases/sampled/<int:sampled_id>", reading.sampled_page, name="sampled-case"),
    path("cases/sampled/<int:sampled_id>/step", reading.take, name="sampled-step"),
    path("cases/appraisals", appraisals.appraisals_page, name="appraisals"),
    path("cases/appraisals/<int:year>/<int:account_id>", appraisals.officer_page,
         name="officer-appraisal"),
    path("cases/appraisals/<int:year>/<int:account_id>/step", appraisals.take,
         name="appraisal-step"),
    path("cases/interference", interference.interference_page, name="interferences"),
    path("cases/interference/new", interference.new_page, name="new-interference"),
    path("cases/interference/<int:interference_id>", interference.record_page,
         name="interference"),
    path("cases/interference/<int:interference_id>/show", interference.show,
         name="show-interference"),
    path("cases/interference/<int:interference_id>/step", interference.take,
         name="interference-step"),
]  # fmt: skip
