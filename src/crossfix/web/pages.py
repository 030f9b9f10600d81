"""Rendering: the templates' environment, and the answers of pages."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from crossfix import __version__
from crossfix.web import navigation, tokens
from crossfix.web.safety import route_path

if TYPE_CHECKING:
    from jinja2 import Environment

    from crossfix.web.errors import Fault
    from crossfix.web.reading import View

DRIFT_WORDS = {
    "attribution_lost": "speaker lost",
    "firmness_raised": "put more firmly",
    "qualifier_dropped": "qualifier dropped",
    "number_moved": "figure moved",
    "number_changed": "figure changed",
    "speaker_changed": "speaker changed",
    "meaning_changed": "meaning changed",
}
TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates, everything escaped, a name that is not given an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from crossfix.dossier import words
    from crossfix.dossier.html import fit, precise

    env = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined,
    )  # fmt: skip
    env.filters |= {
        "fit": lambda text: fit(str(text)),
        "count": lambda n: f"{n:,}",
        "date": words.date_words,
        "precision": words.precision_words,
        "percent": words.percent,
        "script_json": script_json,
        "stamp": stamp_words,
    }
    env.globals |= {"drift_words": DRIFT_WORDS, "labelled": labelled}
    env.globals |= {
        "words": words,
        "plural": words.plural,
        "listed": words.listed,
        "precise": precise,
        "version": __version__,
    }
    return env


def labelled(counted: list[tuple[str, int]]) -> list[tuple[str, str]]:
    """Values and how often each occurs, as options of a choice: ("KCNA", "KCNA (12)")."""
    return [(value, f"{value} ({n:,})") for value, n in counted]


def script_json(value: Any) -> Markup:
    """A value for a ``<script type="application/json">``: JSON in which nothing can end the element or be taken for markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text.encode("utf-8", "replace").decode())  # every character that means anything in HTML is gone


def stamp_words(at: str) -> str:
    """A moment of the record (UTC, ISO 8601) for people: "21 November 2023, 14:05 UTC"."""
    from crossfix.dossier.words import date_words

    return f"{date_words(at[:10])}, {at[11:16]} UTC" if len(at) >= 16 else date_words(at)


class Links:
    """Addresses within the site, under the path that a proxy shows it at."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._root = str(request.scope.get("root_path", ""))
        self._files = request.app.state.files

    def at(self, path: str, **query: object) -> str:
        """The address of a page; of ``query`` what is None or "" is left out."""
        given = [(k, v) for k, v in query.items() if v not in (None, "")]
        return f"{self._root}{path}" + (f"?{urlencode(given, doseq=True)}" if given else "")

    def asset(self, name: str) -> str:
        """The address of a file of the site. Raises KeyError where there is none, so that a slip shows at once."""
        if name not in self._files:
            raise KeyError(name)
        return f"{self._root}/static/{self._files.digest}/{name}"

    def same(self, **changed: object) -> str:
        """This page's own address with some of its query changed; None takes a part out."""
        query: dict[str, Any] = {}
        for key in self._request.query_params:
            query[key] = self._request.query_params.getlist(key)
        return self.at(route_path(self._request.scope), **(query | changed))


def context(request: Request) -> dict[str, Any]:
    """What every template has."""
    state = request.app.state
    links = Links(request)
    places = navigation.offered(state.served, read_only=state.settings.read_only)
    token = getattr(request.state, "csrf", "")
    return {
        "request": request,
        "at": links.at,
        "asset": links.asset,
        "same": links.same,
        "root": links.at(""),
        "places": places,
        "here": navigation.here(route_path(request.scope), places),
        "served": state.served.__contains__,
        "has_search": "/search" in state.served,
        "read_only": state.settings.read_only,
        "record_name": state.record.name,
        "inside": getattr(request.state, "inside", False),
        "signed_in": state.settings.token is not None,
        "csrf_token": token,
        "csrf": lambda: Markup('<input type="hidden" name="{}" value="{}">').format(tokens.FIELD, token),
    }


def page(request: Request, view: View | None, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from a template. ``view`` gives it the record's revision, for scripts that ask whether something changed."""
    known = context(request) | {"revision": view.revision if view else None} | values
    return HTMLResponse(environment().get_template(template).render(known), status)


def error_page(request: Request, fault: Fault, headers: dict[str, str]) -> HTMLResponse:
    """The page that tells of an error. It needs no record."""
    answer = page(request, None, "error.html", status=fault.status, fault=fault)
    answer.headers.update(headers)
    return answer
