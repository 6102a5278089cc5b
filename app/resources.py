"""Where the files that are not Python live: beside `app/` in a checkout, inside it in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent

ROOT = _CHECKOUT if (_CHECKOUT / "canvases" / "business-model.toml").exists() else _PACKAGE / "_files"
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
CANVASES = ROOT / "canvases"
LOCALE = ROOT / "locale"
