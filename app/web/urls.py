"""Every path of the product. Templates and code ask here and never put a path together themselves."""

import hashlib
from pathlib import Path

from app.resources import STATIC
from app.web.canvas_urls import CanvasUrls
from app.web.packs import pack, style_pack
from app.web.paths import dom_id, path_of
from app.web.workshop_urls import WorkshopUrls

__all__ = ["Urls", "dom_id", "urls"]


class Urls(WorkshopUrls, CanvasUrls):
    """Paths by name. Pure string building, except that `static` reads the file it names once."""

    def __init__(self, static_dir: Path = STATIC) -> None:
        self._static_dir = static_dir
        self._versions: dict[str, tuple[int, str]] = {}

    def home(self) -> str:
        return "/"

    def setup(self, token: str) -> str:
        return path_of("setup", token)

    def sign_in(self, back: str | None = None) -> str:
        return path_of("sign-in", back=back)

    def sign_out(self) -> str:
        return "/sign-out"

    def recovery_code(self) -> str:
        return "/recovery-code"

    def recovery(self, back: str | None = None) -> str:
        return path_of("sign-in", "recovery", back=back)

    def password(self) -> str:
        return "/password"

    def language(self) -> str:
        return "/language"

    def contrast(self) -> str:
        return "/contrast"

    # Files

    def canvas_css(self) -> str:
        return "/static-generated/canvas.css"

    def static(self, path: str) -> str:
        """A packaged file, with a fingerprint of its content so that browsers may keep it for a year."""
        version = self.static_version(path)
        return path_of("static", *path.split("/"), v=version)

    def scripts(self, name: str) -> str:
        """The scripts of one kind of page in one file (packs.PACKS)."""
        return path_of("static-generated", f"{name}.js", v=pack(name).version)

    def spoken_scripts(self, name: str, locale: str, version: str) -> str:
        """The same with their words in a language; templates ask for them with `spoken_scripts(name)`."""
        return path_of("static-generated", f"{name}.{locale}.js", v=version)

    def styles(self, name: str) -> str:
        """The styles of one kind of page in one file (packs.STYLES)."""
        return path_of("static-generated", f"{name}.css", v=style_pack(name).version)

    def static_version(self, path: str) -> str | None:
        """The fingerprint of a packaged file, taken anew when the file changes. None without a file."""
        file = self._static_dir / path
        try:
            changed = file.stat().st_mtime_ns
            known = self._versions.get(path)
            if known is None or known[0] != changed:
                known = self._versions[path] = changed, hashlib.sha256(file.read_bytes()).hexdigest()[:12]
        except OSError:
            return None
        return known[1]


urls = Urls()
