from django.urls import path

from anlan.operations.patrols.views import beats, board, counts, phone, steps, tasks

urlpatterns = [
    path("patrols", board.board_page, name="patrols"),
    path("patrols/map/<str:patrol_part>", board.map_part, name="patrols-map"),
    path("patrols/tasks", tasks.tasks_page, name="patrol-tasks"),
    path("patrols/tasks/export", tasks.export, name="patrol-tasks-export"),
    path("patrols/tasks/<int:patrol_id>", tasks.task_page, name="patrol"),
    path("patrols/tasks/<int:patrol_id>/track", tasks.track_page, name="patrol-track"),
    path(
        "patrols/tasks/<int:patrol_id>/map/<str:patrol_part>", tasks.map_part, name="patrol-map"
    ),
    path("patrols/tasks/<int:patrol_id>/step", steps.take, name="patrol-step"),
    path("patrols/photos/<int:patrol_photo_id>", tasks.photo_page, name="patrol-photo"),
    path("patrols/routes", beats.beats_page, name="beats"),
    path("patrols/routes/export", beats.export, name="beats-export"),
    path("patrols/routes/new", beats.new_page, name="new-beat"),
    path("patrols/routes/<int:beat_id>", beats.beat_page, name="beat"),
    path("patrols/routes/<int:beat_id>/map/<str:patrol_part>", beats.map_part, name="beat-map"),
    path("patrols/routes/<int:beat_id>/change", beats.change_page, name="change-beat"),
    path("patrols/routes/<int:beat_id>/close", beats.close, name="close-beat"),
    path("patrols/routes/<int:beat_id>/call", beats.call, name="call-out"),
    path("patrols/counts", counts.counts_page, name="patrol-counts"),
    path("fieldwork/patrols", phone.take_patrol, name="take-patrol"),
    path("fieldwork/patrols/photos", phone.take_photo, name="take-patrol-photo"),
]  # fmt: skip
