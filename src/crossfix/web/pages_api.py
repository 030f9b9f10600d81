"""The page that tells of the API in plain words, made from what its OpenAPI says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from crossfix.web.pages import page
from crossfix.web.reading import Reading

if TYPE_CHECKING:
    from crossfix.web.reading import View

router = APIRouter(include_in_schema=False)
STATUSES = (
    ("200", "the answer"),
    ("304", "nothing changed since the answer whose tag you sent in If-None-Match"),
    ("400", "what is asked means nothing here: a date that is none, a cursor of another list"),
    ("401", "the site asks for its token"),
    ("403", "refused for safety's sake: a form of another site, or a site that is for reading only"),
    ("404", "there is nothing of this id"),
    ("409", "somebody else changed this meanwhile; the error holds how it stands now"),
    ("413", "the request is larger than the site takes"),
    ("422", "a value is not of its kind"),
    ("503", "the record is busy; try again in a few seconds"),
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in words."""

    name: str
    told: str
    takes: str
    required: bool


@dataclass(frozen=True, slots=True)
class Address:
    """An address that answers."""

    method: str
    path: str
    summary: str
    told: str
    parameters: tuple[Parameter, ...]


@router.get("/api", response_class=HTMLResponse)
def api(request: Request, view: Reading) -> Response:
    """What the API answers, and how to ask it."""
    groups: dict[str, list[Address]] = {}
    for tag, address in addresses(request.app.openapi()):
        groups.setdefault(tag, []).append(address)
    base = f"{request.url.scheme}://{request.headers.get('host', 'localhost')}{request.scope.get('root_path', '')}"
    settings = request.app.state.settings
    token = "-H 'Authorization: Bearer TOKEN' " if settings.token is not None else ""
    return page(
        request,
        view,
        "api.html",
        groups=groups,
        examples=[(told, f"curl -s {token}'{base}{path}'") for told, path in examples(view)],
        statuses=STATUSES,
        signed_in_api=settings.token is not None,
    )


def addresses(openapi: dict[str, Any]) -> list[tuple[str, Address]]:
    """Every address of the API by its group, in the order in which a visitor meets them."""
    out = []
    for path, methods in openapi["paths"].items():
        for method, told in methods.items():
            parameters = tuple(
                Parameter(
                    p["name"], _first(p.get("description") or ""), _takes(p.get("schema", {})), bool(p.get("required"))
                )
                for p in told.get("parameters", ())
                if p.get("in") in ("query", "path")
            )
            address = Address(
                method.upper(), path, told.get("summary") or "", _first(told.get("description") or ""), parameters
            )
            out.append(((told.get("tags") or ["record"])[0], address))
    first = (
        "record",
        "documents",
        "claims",
        "events",
        "transfers",
        "agents",
        "origins",
        "findings",
        "drifts",
        "search",
    )
    return sorted(out, key=lambda x: (first.index(x[0]) if x[0] in first else len(first), x[0]))


def _first(text: str) -> str:
    """The text without line ends and the marks of Markdown."""
    return " ".join(text.replace("`", "").split())


def _takes(schema: dict[str, Any]) -> str:
    """What a parameter takes, in words."""
    kinds = [s for s in schema.get("anyOf", [schema]) if s.get("type") != "null"]
    kind = kinds[0] if kinds else {}
    if "enum" in kind:
        return "one of " + ", ".join(str(x) for x in kind["enum"] if x != "")
    name = {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "true or false",
        "array": "list",
    }
    words = name.get(str(kind.get("type")), "text")
    if kind.get("format") == "date":
        words = "day (YYYY-MM-DD)"
    low, high = kind.get("minimum"), kind.get("maximum")
    if low is not None and high is not None and high < 10**6:
        words += f" from {low:g} to {high:g}"
    default = schema.get("default")
    return words + (f"; {default} where it is not given" if default not in (None, "", False) else "")


def examples(view: View) -> list[tuple[str, str]]:
    """Commands that run on this very record."""
    from sqlalchemy import select

    from crossfix.record import schema

    def one(statement: Any) -> str | None:
        found = view.connection.execute(statement.limit(1)).scalar()
        return None if found is None else str(found)

    e, c, d = schema.now_events, schema.now_claims, schema.now_documents
    event = one(select(e.c.id).order_by(e.c.origins.desc(), e.c.id))
    claim = one(select(c.c.document).order_by(c.c.row))
    language = one(select(d.c.language).order_by(d.c.row))
    out = [
        ("How much the record holds", "/api/v1"),
        ("Events with two independent origins or more", "/api/v1/events?origins=2&sort=-origins"),
        ("Every denial, the surest first", "/api/v1/claims?stance=deny&sort=-confidence"),
        ("Findings that contradict what is told", "/api/v1/findings?verdict=contradicted"),
    ]
    if event:
        out.append(("One event with all its accounts", f"/api/v1/events/{quote(event)}"))
        out.append(("What was ever done to it", f"/api/v1/history/{quote(event)}"))
    if claim:
        out.append(("The words at two offsets of a document", f"/api/v1/documents/{claim[:12]}/passage?start=0&end=40"))
    if language:
        out.append(("Passages that hold words", f"/api/v1/search?q=said&language={quote(language)}"))
    return out
