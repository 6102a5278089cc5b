"""The only place where the parts are put together."""

import asyncio
import functools
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.responses import Response
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from app import __version__
from app.address import PublicAddress
from app.attendance import list_routes, record_routes, sheet_routes
from app.attendance import routes as attendance_routes
from app.attendance.retention import Retention
from app.backup import routes as backup_routes
from app.backup.folder import BackupFolder
from app.backup.keeper import BackupKeeper
from app.backup.mirror import Mirror
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
from app.canvas.shapes import shapes
from app.canvas.stylesheet import stylesheet
from app.comment import api as comment_api
from app.comment import routes as comment_routes
from app.db import Database, Topic
from app.export import api as export_api
from app.export import file_routes
from app.export import routes as export_routes
from app.export.ahead import Ahead
from app.export.aside import Workbench
from app.export.editions import Editions
from app.export.pdf import Printer
from app.export.shelf import Shelf
from app.identity import account_routes, recovery_routes
from app.identity import queries as identity_queries
from app.identity import routes as identity_routes
from app.importing import api as import_api
from app.importing import routes as import_routes
from app.importing.bounds import MAX_BODY
from app.importing.waiting import WaitingRoom
from app.live import health
from app.live.board import BoardSource
from app.live.log import Log
from app.live.regions import DeskSource, PlanSource, ProjectorSource
from app.live.stage import Source, Stage
from app.live.stages import Opened, StageKey, Stages
from app.live.streams import Streams, StreamsOutside
from app.parts import Parts
from app.photograph import routes as photograph_routes
from app.photograph.retention import PhotographRetention
from app.report import book_routes
from app.report import routes as report_routes
from app.report.runs import Runs
from app.room import routes as room_routes
from app.settings import Settings
from app.signal import api as signal_api
from app.signal import routes as signal_routes
from app.storage import prepare
from app.web import contrast, language
from app.web import errors as web_errors
from app.web.errors import ErrorPages
from app.web.joining import GuessThrottle
from app.web.limits import Throttle
from app.web.rendering import PRODUCT, Renderer
from app.web.stack import middleware
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
from app.workshop.desks import Desks, canvas_ids
from app.workshop.rotation import Rotation

# Desk and wall show the whole room: many small changes a second become a few pictures.
ROOM_PAUSE = 0.2


def create_app(settings: Settings) -> FastAPI:
    """The application on one data folder, whose database is brought up to date first."""
    parts = build(settings)
    pages = ErrorPages(parts.renderer)
    app = FastAPI(
        title=PRODUCT,
        telemetry={"tracing": False},
        version=__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_url="/api/openapi.json" if settings.show_api_docs else None,
        lifespan=functools.partial(_lifespan, parts),
        middleware=[
            Middleware(StreamsOutside),
            *middleware(
                pages,
                base_url=settings.base_url,
                allowed_hosts=settings.allowed_hosts,
                trusted_proxies=settings.trusted_proxies,
                max_body=settings.max_body,
                body_limits={
                    urls.imports(): MAX_BODY,
                    import_api.router.prefix: MAX_BODY,
                    photograph_routes.PREFIX: photograph_routes.MAX_BODY,
                },
                read_by_routes=(photograph_routes.PREFIX,),
            ),
        ],
    )
    app.state.parts = parts
    web_errors.install(app, pages)
    # In the order in which they are looked through: what everybody does all the time comes first.
    for module in (
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
    ):
        # As they are: included, each app would build all of them anew and look each one up twice.
        app.router.routes += module.router.routes
    app.add_api_route("/static-generated/canvas.css", _canvas_css, include_in_schema=False)
    app.router.routes += [
        Route("/static-generated/{name}.js", packed(parts.renderer)),
        Route("/static-generated/{name}.css", packed_styles),
        Mount("/static", PackagedFiles()),
    ]
    return app


def build(settings: Settings) -> Parts:
    """One of everything, nothing started yet."""
    prepare(settings)
    db = Database(settings.database)
    renderer = _renderer()
    with db.read() as session:
        epoch = identity_queries.epoch(session)
        chosen = identity_queries.chosen_address(session)
    address = PublicAddress(settings.base_url, settings.host, settings.port, chosen)
    desks = Desks(address)
    stages = Stages(functools.partial(open_stage, db, renderer, desks, epoch))
    streams = Streams(
        stages,
        limit=settings.max_streams,
        limit_per_person=settings.max_streams_per_person,
        heartbeat=settings.heartbeat,
        send_timeout=settings.send_timeout,
    )

    printer = Printer(settings.data_dir / "cache" / "pdf", renderer)
    runs = Runs(Shelf(settings.data_dir / "cache" / "pdf"))
    editions = Editions(db, printer)
    ahead = Ahead(editions, settings.pdf_ahead)

    def on_commit(topics: Iterable[Topic]) -> None:
        stages.nudge(topics)
        ahead.nudge(topics)
        streams.revoke(topics)

    db.on_commit = on_commit
    return Parts(
        settings=settings,
        db=db,
        renderer=renderer,
        stages=stages,
        streams=streams,
        address=address,
        desks=desks,
        printer=printer,
        editions=editions,
        ahead=ahead,
        imports=WaitingRoom(settings.data_dir / "cache" / "imports"),
        workbench=Workbench(),
        runs=runs,
        backups=keep_backups(settings, streams, epoch),
        rotation=Rotation(db),
        retention=Retention(db),
        photograph_retention=PhotographRetention(db, runs.forget),
        throttle=Throttle(),
        join_throttle=GuessThrottle(),
        sign_in_throttle=GuessThrottle(per_address=10),
        recovery_throttle=GuessThrottle(per_address=10),
    )


def keep_backups(settings: Settings, streams: Streams, epoch: str) -> BackupKeeper:
    """What backs this database up while it is served."""
    mirror = Mirror(settings.backup_to, epoch, settings.data_dir) if settings.backup_to else None
    return BackupKeeper(
        settings.database,
        BackupFolder(settings.backups),
        lambda: len(streams),
        every=settings.backup_every,
        mirror=mirror,
    )


def open_stage(db: Database, renderer: Renderer, desks: Desks, epoch: str, key: StageKey) -> Opened:
    """The stage for a key: what it reads, how it looks, and which topics concern it."""
    if key.surface == "log":
        read = functools.partial(canvas_log_api.read_log, db, key.id)
        return Opened(Log(read, epoch), frozenset({Topic("canvas", key.id)}))
    if key.surface in ("board", "plan"):
        with db.read() as session:
            workshop_id = canvas_log_api.workshop_of(session, key.id)
        kind_of_page = BoardSource if key.surface == "board" else PlanSource
        source: Source = kind_of_page(db, renderer, key.id, key.locale)
        topics = {Topic("canvas", key.id), Topic("comments", key.id), Topic("workshop", workshop_id)}
        return Opened(Stage(source, epoch), frozenset(topics))
    with db.read() as session:
        topics = {Topic("canvas", canvas_id) for canvas_id in canvas_ids(session, key.id)}
    kind = DeskSource if key.surface == "desk" else ProjectorSource
    source = kind(db, renderer, desks, key.id, key.locale)
    return Opened(Stage(source, epoch, ROOM_PAUSE), frozenset(topics | {Topic("workshop", key.id)}))


@functools.cache
def _renderer() -> Renderer:
    """It keeps nothing but what it compiled: one for all apps of a process."""
    return Renderer(attribution=attribution, shapes=shapes)


def attribution(locale: str) -> tuple[catalog.Phrase, ...]:
    """The canvas's line of credit, in pieces of which some are links."""
    return catalog.definition().attribution_phrases(locale, PRODUCT)


def _canvas_css() -> Response:
    css = stylesheet(catalog.definition())
    return Response(css, media_type="text/css", headers={"cache-control": "public, max-age=300"})


@asynccontextmanager
async def _lifespan(parts: Parts, _app: FastAPI) -> AsyncIterator[None]:
    parts.db.start()
    parts.streams.start()
    parts.backups.start()
    lookouts = (parts.rotation, parts.ahead, parts.retention, parts.photograph_retention)
    for lookout in lookouts:
        lookout.start()
    yield
    for lookout in lookouts:
        await lookout.stop()
    await parts.streams.stop()
    await parts.stages.stop()
    await parts.printer.close()
    await parts.workbench.close()
    await asyncio.to_thread(parts.runs.close)
    await asyncio.to_thread(parts.backups.pause)
    parts.db.stop()
    await asyncio.to_thread(parts.backups.stop)
