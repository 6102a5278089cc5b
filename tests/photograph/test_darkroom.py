"""What becomes of a file that says it is a photograph: a small, bare picture, or a refusal in words."""

import io

import pytest
from PIL import Image

from app.errors import Refused
from app.photograph.darkroom import develop
from app.photograph.jpeg import LONGEST_SIDE, MAX_BYTES, size_of
from tests.photograph.pictures import RED, bomb, crowded, taken, taken_by_a_phone


def test_a_photograph_stands_upright_and_has_forgotten_where_it_was_taken() -> None:
    kept = develop(taken_by_a_phone())

    assert size_of(kept) == (960, 1280), "it was on its side"
    assert b"Sari" not in kept and b"Exif" not in kept
    picture = Image.open(io.BytesIO(kept))
    upper = picture.getpixel((480, 100))
    assert isinstance(upper, tuple)
    assert sum(abs(one - other) for one, other in zip(upper, RED, strict=True)) < 30, "what was left is above"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_formats_become_the_same(kind: str) -> None:
    assert size_of(develop(taken((300, 200), kind))) == (300, 200)


def test_as_much_as_a_picture_can_hold_still_fits() -> None:
    kept = develop(crowded())

    assert len(kept) <= MAX_BYTES and max(size_of(kept)) <= LONGEST_SIDE


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (bomb(), "photograph_too_big"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "photograph_heic"),
        (b"%PDF-1.7 " * 100, "photograph_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photograph_unreadable"),
        (taken()[:4000], "photograph_unreadable"),
        (bytes(26 * 1024**2), "photograph_too_big"),
    ],
    ids=["bomb", "heic", "pdf", "svg", "cut off", "26 MB"],
)
def test_what_is_no_photograph_is_refused(document: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        develop(document)

    assert refused.value.code == code


def test_a_kept_picture_is_a_picture_and_nothing_else() -> None:
    kept = develop(taken())

    for wrong in (kept[:-1], kept + b"x", taken_by_a_phone(), taken(), b"", kept[:2] + b"\xff\xd9x"):
        with pytest.raises(ValueError):  # noqa: PT011
            size_of(wrong)
    assert size_of(kept) == (1280, 960)
