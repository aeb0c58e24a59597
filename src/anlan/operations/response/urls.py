from django.urls import path

from anlan.operations.response.views import board, tasks

urlpatterns = [
    path("response", board.responses_page, name="responses"),
    path("response/new", board.new_page, name="new-response"),
    path("response/<int:activation_id>", board.response_page, name="response"),
    path("response/<int:activation_id>/situation", board.situation_page, name="situation"),
    path("response/<int:activation_id>/<slug:verb>", board.change, name="change-response"),
    path("tasks", tasks.tasks_page, name="tasks"),
    path("tasks/<int:task_id>", tasks.task_page, name="task"),
    path("tasks/<int:task_id>/<slug:verb>", tasks.change_task, name="change-task"),
]
