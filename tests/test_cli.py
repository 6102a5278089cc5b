"""The commands say in one sentence what is wrong, and stop when they are told to."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.cli import main


def test_a_file_that_is_no_workshop_is_refused_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "workshop.json"
    file.write_text("{}")
    assert main(["demo", "--data", str(tmp_path / "data")]) == 0

    assert main(["import", str(file), "--data", str(tmp_path / "data")]) == 1

    assert capsys.readouterr().err == "kanvas: This is not a workshop file: title.\n"


def test_a_file_that_is_no_canvas_is_refused_with_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "canvas.toml"
    file.write_text("[x")

    assert main(["render", str(file), "-o", str(tmp_path / "canvas.pdf")]) == 1

    assert capsys.readouterr().err.startswith("kanvas: canvas.toml: ")


def test_a_port_that_is_taken_is_said_in_both_languages_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        here = ["--host", "127.0.0.1", "--port", str(port), "--data", str(tmp_path)]
        assert main(["serve", *here]) == 1

    said = capsys.readouterr().err
    assert f"Port {port} sudah dipakai program lain." in said
    assert f"kanvas serve --port {port + 1}" in said
    assert "Errno" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="/proc says when the server takes signals")
def test_ctrl_c_stops_the_server_without_a_complaint(tmp_path: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--host", "127.0.0.1", "--port", "0", "--data", tmp_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        assert server.stdout
        while "Ctrl+C" not in (line := server.stdout.readline()):
            assert line, "it ended before it served"
        while not takes_signals(server.pid):
            time.sleep(0.02)
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=10)
    finally:
        server.kill()
    assert complaints == ""
    assert server.returncode == 0


def takes_signals(pid: int) -> bool:
    """Whether uvicorn has taken over; until then Ctrl+C is Python's own."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = int(next(line for line in status.splitlines() if line.startswith("SigCgt")).split()[1], 16)
    return bool(caught & 1 << (signal.SIGTERM - 1))


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such limit")
def test_a_large_room_gets_more_connections_than_systems_give_by_themselves() -> None:
    code = (
        "import resource; from app.server import allow_connections\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, 1500)); allow_connections(600)\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)); allow_connections(5000)\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["(1112, 1500)", "(1500, 1500)"]
