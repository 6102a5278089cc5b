"""A web server that nobody should ask for anything, and words that ask for it."""

from dataclasses import dataclass, field


@dataclass
class Canary:
    """A web server that nobody should ever ask for anything."""

    address: str
    asked: list[str] = field(default_factory=list)


def payloads(canary: Canary) -> list[str]:
    """Everything that has ever made a PDF renderer open something."""
    targets = [
        f"{canary.address}/x",
        canary.address.replace("127.0.0.1", "[::ffff:7f00:1]"),
        canary.address.replace("127.0.0.1", "localhost"),
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "data:text/html,<p>x",
        "app:/static/../app/settings.py",
        "//127.0.0.1/x",
    ]
    shapes = [
        '<img src="{0}">',
        '<link rel=attachment href="{0}">',
        '<link rel=stylesheet href="{0}">',
        '<a rel=attachment href="{0}">x</a>',
        '<object data="{0}"></object><embed src="{0}">',
        "<style>@import url({0});*{{background:url({0})}}@font-face{{font-family:x;src:url({0})}}</style>",
        '<svg><use href="{0}#x"/><image href="{0}"/></svg>',
        "<base href='{0}'><meta http-equiv=refresh content='0;url={0}'>",
        '<p style="background:url({0});content:url({0})">x</p>',
    ]
    return [shape.format(target) for shape in shapes for target in targets]


@dataclass
class Said:
    """Payloads in turn, each only where it fits; `all` that were used."""

    payloads: list[str]
    all: list[str] = field(default_factory=list)

    def __call__(self, most: int) -> str:
        at = next(at for at, payload in enumerate(self.payloads) if len(payload) <= most)
        self.all.append(self.payloads.pop(at))
        self.payloads.append(self.all[-1])
        return self.all[-1]
