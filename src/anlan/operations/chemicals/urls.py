from django.urls import URLPattern, path

from anlan.operations.chemicals.views import files, illegal, lines, wastes
from anlan.operations.chemicals.views.pages import Page


def _filed(begin: str, many: str, views: tuple[Page, ...]) -> list[URLPattern]:
    """Template, page to send a file, page of a file, and its taking in."""
    template, import_page, file_page, take = views
    ident = f"<int:{many}_file_id>"
    return [
        path(f"{begin}/import", import_page, name=f"import-{many}"),
        path(f"{begin}/import/template", template, name=f"{many}-template"),
        path(f"{begin}/import/{ident}", file_page, name=f"{many}-file"),
        path(f"{begin}/import/{ident}/take", take, name=f"take-{many}"),
    ]


def _kept(begin: str, one: str, many: str, views: tuple[Page, ...]) -> list[URLPattern]:
    """List, export, an entry, its correction and withdrawal."""
    listed, export, _new, entry, correct, withdraw = views
    ident = f"{begin}/<int:{one}_id>"
    return [
        path(begin, listed, name=many),
        path(f"{begin}/export", export, name=f"{many}-export"),
        path(ident, entry, name=one),
        path(f"{ident}/correct", correct, name=f"correct-{one}"),
        path(f"{ident}/withdraw", withdraw, name=f"withdraw-{one}"),
    ]


urlpatterns = [
    *_filed("chemicals", "holdings", files.holding_files),
    *_filed("chemicals/pipelines", "pipelines", files.pipeline_files),
    *_filed("chemicals/sections", "sections", files.section_files),
    *_filed("chemicals/wastes", "wastes", files.waste_files),
    *_filed("chemicals/movements", "movements", files.movement_files),
    path("chemicals/illegal", illegal.activities_page, name="illegal"),
    path("chemicals/illegal/export", illegal.export, name="illegal-export"),
    path("chemicals/illegal/new", illegal.new_activity, name="new-illegal"),
    path("chemicals/illegal/<int:danger_id>", illegal.mark_page, name="mark-illegal"),
    path("chemicals/illegal/<int:danger_id>/withdraw", illegal.withdraw_page,
         name="withdraw-illegal"),
    path("chemicals/new", lines.HOLDING_VIEWS[2], name="new-holding"),
    path("chemicals/pipelines/new", lines.PIPELINE_VIEWS[2], name="new-pipeline"),
    path("chemicals/wastes/new", wastes.WASTE_VIEWS[2], name="new-waste"),
    path("chemicals/wastes/<int:waste_id>/movements", wastes.new_movement, name="new-movement"),
    path("chemicals/pipelines/<int:pipeline_id>/sections", lines.new_section, name="new-section"),
    path("chemicals/pipelines/<int:pipeline_id>/encroachments", lines.encroachment,
         name="new-encroachment"),
    *_kept("chemicals", "holding", "holdings", lines.HOLDING_VIEWS),
    *_kept("chemicals/pipelines", "pipeline", "pipelines", lines.PIPELINE_VIEWS),
    *_kept("chemicals/sections", "section", "sections", lines.SECTION_VIEWS),
    *_kept("chemicals/wastes", "waste", "wastes", wastes.WASTE_VIEWS),
    *_kept("chemicals/movements", "movement", "movements", wastes.MOVEMENT_VIEWS),
]  # fmt: skip
