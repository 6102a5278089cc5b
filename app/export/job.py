"""What goes to the press and what comes back: two frozen records and their bytes on the pipe."""

import json
from dataclasses import asdict, dataclass, field
from typing import IO, Any


class PressClosed(Exception):
    """The other end of the pipe is gone."""


@dataclass(frozen=True, slots=True)
class Job:
    """One paper: `html` is the first sheet, `rest` the pages after it, `plan` the follow-up plan.

    `files` are generated stylesheets by path; `cells` maps a cell's id to its notes' ids.
    Without `size` the press chooses the type size, best near `guess`, and may answer that notes must move to
    later pages. `then` are papers bound into the same PDF, each where `html` says `<i data-inlay="0"></i>`.
    `attachment` is the text of a file that travels in the PDF, whose styles are `zoom` times as large.
    `pictures` are JPEGs by path, in base 64.
    """

    html: str
    font_size: float
    rest: str = ""
    plan: str = ""
    files: dict[str, str] = field(default_factory=dict)
    cells: dict[str, list[str]] = field(default_factory=dict)
    size: float | None = None
    guess: float = 1.0
    then: list["Job"] = field(default_factory=list)
    attachment: str = ""
    zoom: float = 1.0
    pictures: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """At which `size` which notes have `moved` off the first sheet of a paper."""

    size: float
    moved: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Proof:
    """The press's answer: `pdf`; or, where notes must move, a draft of each paper; or `problem`.

    While so many papers of several are `settled`, this is no answer yet: there is more to come.
    """

    pdf: bytes = b""
    pages: int = 0
    drafts: list[Draft] = field(default_factory=list)
    problem: str = ""
    settled: int = 0


def send_job(pipe: IO[bytes], job: Job) -> None:
    _write(pipe, json.dumps(asdict(job)).encode())


def receive_job(pipe: IO[bytes]) -> Job:
    return _job(json.loads(_read(pipe)))


def send_proof(pipe: IO[bytes], proof: Proof) -> None:
    drafts = [asdict(draft) for draft in proof.drafts]
    head = {"pages": proof.pages, "drafts": drafts, "problem": proof.problem, "settled": proof.settled}
    _write(pipe, json.dumps(head).encode())
    _write(pipe, proof.pdf)


def receive_proof(pipe: IO[bytes]) -> Proof:
    head = json.loads(_read(pipe))
    drafts = [Draft(**draft) for draft in head.pop("drafts")]
    return Proof(pdf=_read(pipe), drafts=drafts, **head)


def _job(fields: dict[str, Any]) -> Job:
    return Job(**{**fields, "then": [_job(each) for each in fields["then"]]})


def _write(pipe: IO[bytes], frame: bytes) -> None:
    pipe.write(len(frame).to_bytes(8, "big") + frame)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    head = _exactly(pipe, 8)
    return _exactly(pipe, int.from_bytes(head, "big"))


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    frame = pipe.read(length)
    if len(frame) < length:
        raise PressClosed
    return frame
