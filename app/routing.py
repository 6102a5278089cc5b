"""Which address is answered by whom: all routes in one list, and where more than a form may be sent."""

from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount, Route

from app.attendance import list_routes, record_routes, sheet_routes
from app.attendance import routes as attendance_routes
from app.backup import routes as backup_routes
from app.canvas import api as canvas_api
from app.canvas import (
    catalog,
    check_routes,
    example_routes,
    follow_up_routes,
    paper_routes,
    past_routes,
    several_routes,
    silence_routes,
    undo_routes,
    voting_routes,
)
from app.canvas import log_api as canvas_log_api
from app.canvas import routes as canvas_routes
from app.canvas.stylesheet import stylesheet
from app.comment import api as comment_api
from app.comment import routes as comment_routes
from app.export import api as export_api
from app.export import file_routes
from app.export import routes as export_routes
from app.identity import account_routes, recovery_routes
from app.identity import routes as identity_routes
from app.importing import api as import_api
from app.importing import routes as import_routes
from app.importing.bounds import MAX_BODY
from app.live import health
from app.photograph import routes as photograph_routes
from app.report import book_routes
from app.report import routes as report_routes
from app.room import routes as room_routes
from app.signal import api as signal_api
from app.signal import routes as signal_routes
from app.web import contrast, language
from app.web.rendering import Renderer
from app.web.static import PackagedFiles, packed, packed_styles
from app.web.urls import urls
from app.workshop import (
    agenda_routes,
    attention_routes,
    co_facilitator_routes,
    door,
    particulars_routes,
    people_routes,
    remote_routes,
    running_routes,
    take_home,
    wall,
)
from app.workshop import api as workshop_api
from app.workshop import routes as workshop_routes

# In the order in which they are looked through: what everybody does all the time comes first.
_MODULES = (
    canvas_routes,
    canvas_api,
    canvas_log_api,
    voting_routes,
    signal_routes,
    silence_routes,
    undo_routes,
    several_routes,
    past_routes,
    check_routes,
    follow_up_routes,
    comment_routes,
    comment_api,
    signal_api,
    paper_routes,
    example_routes,
    identity_routes,
    account_routes,
    recovery_routes,
    workshop_routes,
    running_routes,
    agenda_routes,
    attention_routes,
    door,
    particulars_routes,
    people_routes,
    attendance_routes,
    record_routes,
    list_routes,
    sheet_routes,
    co_facilitator_routes,
    remote_routes,
    wall,
    take_home,
    room_routes,
    export_routes,
    file_routes,
    report_routes,
    import_routes,
    book_routes,
    photograph_routes,
    backup_routes,
    workshop_api,
    import_api,
    export_api,
    health,
    language,
    contrast,
)
BODY_LIMITS = {
    urls.imports(): MAX_BODY,
    import_api.router.prefix: MAX_BODY,
    photograph_routes.PREFIX: photograph_routes.MAX_BODY,
}
# Who sends is looked at before the body is.
READ_BY_ROUTES = (urls.imports(), import_api.router.prefix, photograph_routes.PREFIX)


def routes() -> list[BaseRoute]:
    """Those of all folders, as they are: included, each app would build all of them anew and look each one up
    twice.
    """
    return [route for module in _MODULES for route in module.router.routes]


def generated(renderer: Renderer) -> list[BaseRoute]:
    """What is put together when it is first asked for, and the files beside it."""
    return [
        APIRoute("/static-generated/canvas.css", _canvas_css, include_in_schema=False),
        Route("/static-generated/{name}.js", packed(renderer)),
        Route("/static-generated/{name}.css", packed_styles),
        Mount("/static", PackagedFiles()),
    ]


def _canvas_css() -> Response:
    css = stylesheet(catalog.definition())
    return Response(css, media_type="text/css", headers={"cache-control": "public, max-age=300"})
