"""What is to be said about a file before anything is done with it: what is left out or changed, and why."""

from pydantic import BaseModel

from app.web.i18n import translate


class Remark(BaseModel):
    """A sentence about a row, or about the whole file; `message` is an English msgid."""

    message: str
    row: int | None = None
    sheet: str = ""
    params: dict[str, str] = {}

    def sentence(self, locale: str) -> str:
        """In the reader's language."""
        return translate(locale, self.message, **self.params)


class Remarks(list[Remark]):
    """Remarks while a sheet is read."""

    def add(self, message: str, row: int | None = None, sheet: str = "", **params: object) -> None:
        self.append(
            Remark(message=message, row=row, sheet=sheet, params={k: str(v)[:80] for k, v in params.items()})
        )
