"""A form that cannot be accepted comes back: what was typed is kept, each error stands at its field."""

from collections.abc import Iterable, Mapping

from starlette.requests import Request

from app.errors import Refused
from app.web.i18n import locale_of, translate


def field_errors(
    request: Request, error: Refused, fields: Mapping[str, str], otherwise: str
) -> dict[str, str]:
    """Field name to message. `fields` says which code belongs to which field."""
    message = translate(locale_of(request), error.message, **error.params)
    return {fields.get(error.code, otherwise): message}


def all_field_errors(
    request: Request, errors: Iterable[Refused], fields: Mapping[str, str], otherwise: str
) -> dict[str, str]:
    """The same for several; a field says the first of its own."""
    found: dict[str, str] = {}
    for error in errors:
        found = field_errors(request, error, fields, otherwise) | found
    return {field: found[field] for field in (*fields.values(), otherwise) if field in found}


async def typed(request: Request) -> dict[str, str]:
    """What was typed into a form, by field; files are not taken."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}
