from django.urls import path

from anlan.operations.posts.views import certificates, meetings, people_file, phone, posts

urlpatterns = [
    path("posts", posts.posts_page, name="posts"),
    path("enterprises/<int:enterprise_id>/posts/new", posts.new_page, name="new-post"),
    path("posts/new", posts.choose_page, name="choose-post-enterprise"),
    path("posts/import", people_file.import_page, name="import-post-staff"),
    path("posts/import/template", people_file.template, name="post-staff-template"),
    path("posts/import/<int:post_file_id>", people_file.file_page, name="post-staff-file"),
    path("posts/import/<int:post_file_id>/take", people_file.take, name="take-post-staff"),
    path("posts/<int:post_id>", posts.post_page, name="post"),
    path("posts/<int:post_id>/change", posts.change_page, name="change-post"),
    path("posts/<int:post_id>/close", posts.close, name="close-post"),
    path("posts/<int:post_id>/names", posts.names_shown, name="post-names"),
    path("posts/<int:post_id>/cards", posts.make_cards, name="make-cards"),
    path("posts/<int:post_id>/workers", posts.add_worker, name="add-worker"),
    path("posts/<int:post_id>/workers/<int:worker_id>/end", posts.end_worker, name="end-worker"),
    path(
        "posts/<int:post_id>/workers/<int:worker_id>/certificate", certificates.keep,
        name="keep-certificate",
    ),
    path("posts/<int:post_id>/meet", meetings.meet_page, name="meet"),
    path("posts/cards/<int:card_id>", posts.card_page, name="post-card"),
    path("meetings", meetings.meetings_page, name="meetings"),
    path("meetings/<int:meeting_id>", meetings.meeting_page, name="meeting"),
    path("meetings/quiz/<int:attendance_id>", meetings.quiz_page, name="quiz"),
    path("fieldwork/meetings", phone.take_meeting, name="take-meeting"),
    path("fieldwork/quizzes", phone.take_quiz, name="take-quiz"),
    path("certificates", certificates.certificates_page, name="post-certificates"),
    path("certificates/export", certificates.export, name="certificates-export"),
    path("certificates/<int:certificate_id>/show", certificates.show, name="show-certificate"),
]  # fmt: skip
