from django.urls import URLPattern, path

from anlan.operations.chemicals.views import files, wastes


def _filed(many: str, ident: str, views: tuple[files.Page, ...]) -> list[URLPattern]:
    """Template, page to send a file, page of a file, and its taking in."""
    template, import_page, file_page, take = views
    begin = f"chemicals/{many}/import"
    return [
        path(begin, import_page, name=f"import-{many}"),
        path(f"{begin}/template", template, name=f"{many}-template"),
        path(f"{begin}/<int:{ident}>", file_page, name=f"{many}-file"),
        path(f"{begin}/<int:{ident}>/take", take, name=f"take-{many}"),
    ]


urlpatterns = [
    *_filed("wastes", "wastes_file_id", files.waste_files),
    *_filed("movements", "movements_file_id", files.movement_files),
    path("chemicals/wastes", wastes.wastes, name="wastes"),
    path("chemicals/wastes/export", wastes.export_wastes, name="wastes-export"),
    path("chemicals/wastes/new", wastes.new_waste, name="new-waste"),
    path("chemicals/wastes/<int:waste_id>", wastes.waste, name="waste"),
    path("chemicals/wastes/<int:waste_id>/correct", wastes.correct_waste, name="correct-waste"),
    path("chemicals/wastes/<int:waste_id>/withdraw", wastes.withdraw_waste, name="withdraw-waste"),
    path("chemicals/wastes/<int:waste_id>/movements", wastes.new_movement, name="new-movement"),
    path("chemicals/movements", wastes.movements, name="movements"),
    path("chemicals/movements/export", wastes.export_movements, name="movements-export"),
    path("chemicals/movements/<int:movement_id>", wastes.movement, name="movement"),
    path("chemicals/movements/<int:movement_id>/correct", wastes.correct_movement,
         name="correct-movement"),
    path("chemicals/movements/<int:movement_id>/withdraw", wastes.withdraw_movement,
         name="withdraw-movement"),
]  # fmt: skip
