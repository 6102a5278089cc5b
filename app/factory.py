"""The only place where the parts are put together."""

import asyncio
import functools
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware

from app import __version__
from app.address import PublicAddress
from app.attendance.retention import Retention
from app.backup.folder import BackupFolder
from app.backup.keeper import BackupKeeper
from app.backup.mirror import Mirror
from app.canvas import (
    catalog,
)
from app.canvas import log_api as canvas_log_api
from app.canvas.shapes import shapes
from app.db import Database, Topic
from app.export.ahead import Ahead
from app.export.aside import Workbench
from app.export.editions import Editions
from app.export.pdf import Printer
from app.export.shelf import Shelf
from app.identity import queries as identity_queries
from app.importing.waiting import WaitingRoom
from app.live.board import BoardSource
from app.live.log import Log
from app.live.regions import DeskSource, PlanSource, ProjectorSource
from app.live.stage import Source, Stage
from app.live.stages import Opened, StageKey, Stages
from app.live.streams import Streams, StreamsOutside
from app.parts import Parts
from app.photograph.retention import PhotographRetention
from app.report.runs import Runs
from app.routing import BODY_LIMITS, READ_BY_ROUTES, generated, routes
from app.settings import Settings
from app.storage import prepare
from app.web import errors as web_errors
from app.web.errors import ErrorPages
from app.web.joining import GuessThrottle
from app.web.limits import Throttle
from app.web.rendering import PRODUCT, Renderer
from app.web.stack import middleware
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
                body_limits=BODY_LIMITS,
                read_by_routes=READ_BY_ROUTES,
            ),
        ],
    )
    app.state.parts = parts
    web_errors.install(app, pages)
    app.router.routes += [*routes(), *generated(parts.renderer)]
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
