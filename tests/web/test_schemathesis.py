"""Schemathesis asks every address of the API, and every page, for what their OpenAPI says and for what it does not: nothing breaks, and
the API answers nothing that it does not tell of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from crossfix.web.settings import Settings
from tests.site_tools import copy_of

TOKEN = "0123456789abcdef0123456789abcdef"
MANY = 25 if os.environ.get("CROSSFIX_FUZZ") else 5
"""Examples of each kind for each address; CROSSFIX_FUZZ=1 asks for more."""
BOUNDED = settings(
    max_examples=MANY, deadline=None, database=None, derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


def _openapi(*, pages: bool) -> dict[str, Any]:
    """What the site says of the API; with ``pages`` what it would say of its pages and forms."""
    from fastapi.openapi.utils import get_openapi

    from crossfix.web.app import create_app, routers

    if not pages:
        return create_app(Path("none.sqlite")).openapi()
    routes = [r for router in routers() for r in router.routes if not getattr(r, "include_in_schema", True)]
    with pytest.MonkeyPatch.context() as patch:
        for route in routes:
            patch.setattr(route, "include_in_schema", True)
        return get_openapi(title="pages", version="1", routes=routes)


def _operations(*, pages: bool) -> list[tuple[str, str]]:
    told = _openapi(pages=pages)["paths"]
    return sorted((path, method) for path, methods in told.items() for method in methods)


LEFT_OUT = {("/add/check", "post"), ("/add", "post")}
"""These start work in the background; test_add has them."""


@pytest.fixture(scope="module")
def address(made_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site over a copy, since some of it writes."""
    from crossfix.web import pages_login
    from crossfix.web.running import served

    copy = copy_of(made_record, tmp_path_factory.mktemp("fuzz") / "record.sqlite")
    with pytest.MonkeyPatch.context() as patch, served(copy, Settings(port=0, fast=True, token=TOKEN)) as found:
        patch.setattr(pages_login, "PATIENCE", 0)
        yield found.rstrip("/")


@pytest.fixture(scope="module")
def known(made_record: Path) -> dict[str, list[str]]:
    """Some ids of the record, by the name of the address's part before them."""
    from crossfix.record.store import Record

    with Record.open(made_record) as record:
        told = record.export()
    out = {
        k: [r["id"] for r in told[k][:4]]
        for k in ("claims", "events", "transfers", "agents", "origins", "findings", "drifts")
    }
    out["documents"] = [d["sha256"] for d in told["documents"][:4]]
    out["history"] = [x for ids in out.values() for x in ids[:1]]
    out |= {"data": ["states", "launches_gcat"], "checks": out["findings"]}
    return {k: v for k, v in out.items() if v}


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    import requests

    with requests.Session() as made:
        made.headers["Authorization"] = f"Bearer {TOKEN}"
        made.trust_env = False
        yield made


def _ask(told: dict[str, Any], path: str, method: str, known: dict[str, list[str]], ask: Any) -> None:
    """Call ``ask`` with cases as the schema has them, then with ids of the record in their places, then with what breaks the schema."""
    operation = schemathesis.openapi.from_dict(told)[path][method]
    modes = schemathesis.GenerationMode
    place = path.split("/{")[0].rsplit("/", 1)[-1]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=modes.POSITIVE), data=st.data())
    def allowed(case: Any, data: Any) -> None:
        if case.path_parameters and place in known and data.draw(st.booleans()):
            name = next(iter(case.path_parameters))
            case.path_parameters[name] = data.draw(st.sampled_from(known[place]))
        ask(case)

    allowed()
    if not operation.definition.raw.get("parameters") and "requestBody" not in operation.definition.raw:
        return

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=modes.NEGATIVE))
    def broken(case: Any) -> None:
        ask(case)

    # what takes any text at all cannot be asked wrongly
    with suppress(Unsatisfiable):
        broken()


@pytest.fixture(scope="module")
def told() -> dict[bool, dict[str, Any]]:
    return {pages: _openapi(pages=pages) for pages in (False, True)}


@pytest.mark.parametrize(("path", "method"), _operations(pages=False))
def test_api(path: str, method: str, address: str, told: Any, known: dict[str, list[str]], session: Any) -> None:
    """No 5xx; every status, content type, header and body is documented."""
    from schemathesis import checks

    wanted = [
        checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
        checks.response_headers_conformance, checks.response_schema_conformance,
    ]  # fmt: skip

    def ask(case: Any) -> None:
        answer = case.call(base_url=address, session=session, timeout=20)
        case.validate_response(answer, checks=wanted)
        if answer.status_code >= 400:
            assert set(answer.json()) == {"error"}

    _ask(told[False], path, method, known, ask)


@pytest.mark.parametrize(("path", "method"), sorted(set(_operations(pages=True)) - LEFT_OUT))
def test_pages(path: str, method: str, address: str, told: Any, known: dict[str, list[str]], session: Any) -> None:
    """No page breaks, whatever it is asked."""

    def ask(case: Any) -> None:
        answer = case.call(base_url=address, session=session, timeout=20, allow_redirects=False)
        assert answer.status_code < 500, answer.text[:500]
        assert "content-security-policy" in answer.headers

    _ask(told[True], path, method, known, ask)


@pytest.mark.parametrize("path", sorted({p for p, _ in _operations(pages=False)}))
def test_what_an_address_does_not_take_is_refused_in_one_shape(
    path: str, address: str, told: Any, session: Any
) -> None:
    """405 with the methods that it takes; the method HEAD is taken wherever GET is."""
    taken = set(told[False]["paths"][path])
    for method in {"put", "post", "delete", "patch"} - taken:
        answer = session.request(method, address + path.replace("{", "").replace("}", ""), timeout=20)
        assert answer.status_code == 405
        assert answer.json()["error"]["type"] == "MethodNotAllowed"
        assert {m.lower() for m in answer.headers["allow"].replace(" ", "").split(",")} >= taken
    if (
        "get" in taken
        and "{" not in path
        and not any(p.get("required") for p in told[False]["paths"][path]["get"].get("parameters", ()))
    ):
        answer = session.head(address + path, timeout=20)
        assert answer.status_code == 200
        assert answer.content == b""
        assert answer.headers["etag"] or path.endswith("/data")


def test_without_the_token_nothing_is_told(address: str) -> None:
    import requests

    answer = requests.get(address + "/api/v1/documents", timeout=20)
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "NeedsToken"


def test_an_answer_that_is_known_is_not_sent_again(address: str, session: Any) -> None:
    first = session.get(address + "/api/v1/claims?limit=3", timeout=20)
    again = session.get(
        address + "/api/v1/claims?limit=3", headers={"If-None-Match": first.headers["etag"]}, timeout=20
    )
    assert (again.status_code, again.content) == (304, b"")
    other = session.get(
        address + "/api/v1/claims?limit=4", headers={"If-None-Match": first.headers["etag"]}, timeout=20
    )
    assert other.status_code == 200


def test_lists_go_through_everything_once(address: str, session: Any) -> None:
    """Page by page, by the cursors, every list gives each of its rows once and no other."""
    for name in ("documents", "claims", "events", "transfers", "agents", "places", "origins", "findings", "drifts"):
        seen: list[str] = []
        after, total = None, None
        while True:
            limit = {"limit": 7} if name != "claims" else {"limit": 100}
            page = session.get(
                f"{address}/api/v1/{name}", params=limit | ({"after": after} if after else {}), timeout=20
            ).json()
            seen += [r.get("id") or r.get("sha256") or str(r) for r in page["items"]]
            after, total = page["next"], page["total"]
            if after is None:
                break
        assert len(set(seen)) == len(seen)
        assert total == len(seen)


def test_rows_are_those_of_the_export(address: str, session: Any, made_record: Path) -> None:
    """What the API says of a row is what the export says of it."""
    from crossfix.record.store import Record

    with Record.open(made_record) as record:
        told = record.export()
    for name in ("claims", "events", "transfers", "origins", "findings", "drifts"):
        for row in told[name][:5]:
            assert session.get(f"{address}/api/v1/{name}/{row['id']}", timeout=20).json() == _plain(row), name
    for d in told["documents"][:2]:
        assert session.get(f"{address}/api/v1/documents/{d['sha256']}", timeout=20).json() == _plain(d)


def _plain(value: Any) -> Any:
    """As JSON gives it back; a span that is in one run has no runs, which the API says as null."""
    if isinstance(value, dict):
        out = {k: _plain(v) for k, v in value.items()}
        return out | ({"spans": out.get("spans")} if {"start", "end", "text"} == set(out) - {"spans"} else {})
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value
