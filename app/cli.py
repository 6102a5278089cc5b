"""The `kanvas` command."""

import argparse
import contextlib
import errno
import gc
import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app import __version__
from app.errors import Refused
from app.settings import Settings, UnsafeSettings
from app.storage import StorageError, migrate, only_server, open_database
from app.toml_table import MalformedFile

INTERRUPTED = 130  # what shells say of a program ended by Ctrl+C
TAKEN = (errno.EADDRINUSE, 10013)  # the second is how Windows says that another program has it for itself
# Whoever starts the server is not always at home in English, and has no language chosen yet.
PORT_TAKEN = (
    "Port {port} sudah dipakai program lain. Tutup program itu, atau: kanvas serve --port {other}\n"
    "Another program uses port {port}. Close it, or: kanvas serve --port {other}"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, or 1 after a plain sentence about what is wrong."""
    for stream in (sys.stdout, sys.stderr):
        # A log file on Windows has a code page without the QR code's blocks.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = _parser().parse_args(argv)
    try:
        settings = Settings.from_env(
            data_dir=arguments.data,
            host=getattr(arguments, "host", None),
            port=getattr(arguments, "port", None),
            backup_to=getattr(arguments, "backup_to", None),
        )
        arguments.run(settings, arguments)
    except Refused as refusal:
        print(f"kanvas: {refusal.message % refusal.params}", file=sys.stderr)
        return 1
    except (UnsafeSettings, StorageError, Problem, MalformedFile, OSError) as error:
        print(f"kanvas: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


class Problem(Exception):
    """A command that cannot be carried out. The text says why."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kanvas", description="Kanvas Mitra: Business Model Canvas workshops for partnerships."
    )
    parser.add_argument("--version", action="version", version=f"kanvas {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data", type=Path, metavar="DIR", help="data folder (default: kanvas-mitra at home)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common], help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    def add_address(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--port", type=int, metavar="N", help="the server's port (default: 8000)")
        sub.add_argument("--host", metavar="H", help="address the server listens on (default: all)")

    serving = command("serve", _serve, "Serve workshops on the local network.")
    add_address(serving)
    serving.add_argument(
        "--backup-to", type=Path, metavar="DIR", help="also put every backup there, for instance a USB stick"
    )
    backing_up = command("backup", _backup, "Make a backup now; a server may be running.")
    backing_up.add_argument(
        "--to", type=Path, metavar="FILE", help="a new file, or a folder (default: among the other backups)"
    )
    restoring = command("restore", _restore, "Return to a backup; without FILE, list the backups there are.")
    restoring.add_argument("file", nargs="?", type=Path, metavar="FILE")
    command("migrate", _migrate, "Bring the database up to date; `serve` does it by itself.")
    command("demo", _demo, "Fill the data folder with the Banten workshop: 26 people, 5 groups.")
    exporting = command("export", _export, "Write a workshop to a JSON file.")
    exporting.add_argument("workshop", help="the workshop's id, join code or title")
    exporting.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    importing = command("import", _import, "Add a workshop from a file: JSON, PDF, XLSX or CSV.")
    importing.add_argument("file", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="only say what would be added")
    importing.add_argument(
        "--facilitator", metavar="NAME", help="who runs it (default: the only facilitator)"
    )
    rendering = command("render", _render, "Make the PDF of a canvas file, without a server.")
    rendering.add_argument("file", type=Path, help="for instance canvases/examples/….toml")
    rendering.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    rendering.add_argument("--paper", choices=("a3", "a4"), default="a3")
    rendering.add_argument("--language", choices=("id", "en"), default="id")
    tokens = command("token", _token, "Make a facilitator's API token.")
    tokens.add_argument("facilitator", nargs="?", help="name (default: the only facilitator)")
    inviting = command(
        "invite", _invite, "Make a one-time link: for a new facilitator, or a forgotten password."
    )
    inviting.add_argument("facilitator", nargs="?", help="name of a facilitator who needs a new password")
    add_address(inviting)
    return parser


def _serve(settings: Settings, _arguments: argparse.Namespace) -> None:
    # What a server loads stays as long as it does: no look for garbage in it, now or while a room writes.
    gc.disable()
    from app.factory import create_app
    from app.greeting import greet
    from app.server import Server, allow_connections, listen

    with only_server(settings):
        try:
            listening = listen(settings.host, settings.port)
        except OSError as error:
            if error.errno not in TAKEN:
                raise
            raise Problem(PORT_TAKEN.format(port=settings.port, other=settings.port + 1)) from None
        settings = replace(settings, port=listening.getsockname()[1])
        app = create_app(settings)
        gc.freeze()
        gc.enable()
        print(greet(app.state.parts), flush=True)
        allow_connections(2 * settings.max_streams)
        # Ctrl+C is how one stops it: by then uvicorn has ended everything in order, and raises it once more.
        with contextlib.suppress(KeyboardInterrupt):
            Server(app).run(sockets=[listening])


def _backup(settings: Settings, arguments: argparse.Namespace) -> None:
    from app.backup.commands import back_up

    print(back_up(settings, arguments.to))


def _restore(settings: Settings, arguments: argparse.Namespace) -> None:
    from app.backup.commands import listing
    from app.backup.restoring import restore

    if arguments.file is None:
        print(listing(settings))
        return
    done = restore(settings, arguments.file)
    print(f"{done.file} is in place: {done.workshops} workshops, {done.notes} notes.")
    if done.set_aside:
        print(f"What was there before is kept in {done.set_aside}.")


def _migrate(settings: Settings, _arguments: argparse.Namespace) -> None:
    with only_server(settings):
        migrate(settings)
    print(f"{settings.database} is up to date.")


def _demo(settings: Settings, _arguments: argparse.Namespace) -> None:
    from app.demo_workshop import fill

    with open_database(settings) as db, db.transaction() as session:
        workshop = fill(session)
    way_in = f"with: {workshop.password}" if workshop.password else "as usual."
    print(f"“{workshop.title}” is ready for `kanvas serve`. Sign in as {workshop.facilitator} {way_in}")


def _export(settings: Settings, arguments: argparse.Namespace) -> None:
    from app.export import archive

    with open_database(settings) as db, db.read() as session:
        document = archive.export_workshop(session, arguments.workshop)
    text = document.model_dump_json(indent=2) + "\n"
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


def _import(settings: Settings, arguments: argparse.Namespace) -> None:
    from app.identity.queries import facilitator_to_act
    from app.importing.archives import import_workshop
    from app.importing.proposals import Brought, new_workshop
    from app.importing.rehearsal import rehearse
    from app.web.i18n import DEFAULT_LOCALE

    parcel = new_workshop(Brought(arguments.file.read_bytes(), arguments.file.name), "", DEFAULT_LOCALE)
    for remark in parcel.remarks:
        print(
            f"{f'Row {remark.row}: ' if remark.row else ''}{remark.message % remark.params}", file=sys.stderr
        )
    archive = parcel.archive
    assert archive is not None
    if arguments.dry_run:
        made = rehearse(archive)
        print(
            f"“{made.title}” would be added: {len(made.groups)} canvases, {made.notes} notes, "
            f"{made.people} people."
        )
        return
    with open_database(settings) as db, db.transaction() as session:
        facilitator = facilitator_to_act(session, arguments.facilitator)
        title = import_workshop(session, archive, facilitator.id).title
    print(f"“{title}” was added.")


def _render(_settings: Settings, arguments: argparse.Namespace) -> None:
    from app.export.pdf import render_canvas_file

    render_canvas_file(arguments.file, arguments.output, arguments.paper, arguments.language)


def _token(settings: Settings, arguments: argparse.Namespace) -> None:
    from app.identity.actions import issue_token
    from app.identity.models import TokenKind
    from app.identity.queries import facilitator_to_act

    with open_database(settings) as db, db.transaction() as session:
        facilitator = facilitator_to_act(session, arguments.facilitator)
        print(issue_token(session, TokenKind.API, facilitator_id=facilitator.id))


def _invite(settings: Settings, arguments: argparse.Namespace) -> None:
    from app.address import PublicAddress
    from app.identity.actions import facilitator_named, invite_facilitator
    from app.web.urls import urls

    with open_database(settings) as db, db.transaction() as session:
        facilitator = facilitator_named(session, arguments.facilitator) if arguments.facilitator else None
        if arguments.facilitator and facilitator is None:
            raise Problem(f"There is no facilitator named {arguments.facilitator}.")
        secret = invite_facilitator(session, facilitator.id if facilitator else None)
    address = PublicAddress(settings.base_url, settings.host, settings.port)
    print(address() + urls.setup(secret))


if __name__ == "__main__":
    sys.exit(main())
