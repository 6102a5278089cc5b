"""A form that cannot be accepted comes back: what was typed is kept, each error stands at its field."""

from collections.abc import Mapping

from starlette.requests import Request

from app.errors import Refused
from app.web.i18n import locale_of, translate


def field_errors(
    request: Request, error: Refused, fields: Mapping[str, str], otherwise: str
) -> dict[str, str]:
    """Field name to message. `fields` says which code belongs to which field."""
    message = translate(locale_of(request), error.message, **error.params)
    return {fields.get(error.code, otherwise): message}


async def typed(request: Request) -> dict[str, str]:
    """What was typed into a form, by field; files are not taken."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}
