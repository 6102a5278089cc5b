"""The list of pages that tests/browser goes through is that of the application."""

import re
from typing import Any

from app.factory import create_app
from app.settings import Settings
from tests.browser.pages import NO_PAGES, VISITS
from tests.identity.test_every_door import doors


def shapes(routes: set[str]) -> set[str]:
    """Without what their parts are called."""
    return {re.sub(r"{[^}]+}", "{}", route) for route in routes}


def test_no_page_is_left_out(settings: Settings) -> None:
    app: Any = create_app(settings)
    answered = {path for method, path in doors(app.routes) if method == "GET" and not NO_PAGES.search(path)}
    # The page of the first start has a server of its own.
    assert shapes(answered) == shapes({visit.route for visit in VISITS} | {"/setup/{token}"})
