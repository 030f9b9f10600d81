"""The site as an ASGI application."""

from __future__ import annotations

import importlib
import pkgutil
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from crossfix import __version__, web
from crossfix.errors import CrossfixError
from crossfix.web import errors
from crossfix.web.files import Files
from crossfix.web.jobs import Jobs
from crossfix.web.reading import Memo, Readers
from crossfix.web.safety import Safety
from crossfix.web.settings import Settings
from crossfix.web.shapes import answers
from crossfix.web.warming import Warming

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DESCRIPTION = (
    'The record of who said what, through whom and how firmly, as JSON. Errors are {"error": {type, message, advice}}.'
)


def create_app(record: Path, settings: Settings | None = None) -> FastAPI:
    """The site over the record at ``record``, which must be there when it is asked."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_warm, app.state.readers)
        warming = Warming()
        warming.start()
        yield
        warming.stop()
        app.state.jobs.close()
        app.state.readers.close()

    app = FastAPI(
        title="crossfix", version=__version__, description=DESCRIPTION, lifespan=lifespan,
        openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None, redirect_slashes=False,
    )  # fmt: skip
    state: Any = app.state
    state.record = Path(record).expanduser().absolute()
    state.settings = settings
    state.readers = Readers(state.record)
    state.memo = Memo()
    state.jobs = Jobs(state.record)
    state.files = Files()
    app.add_middleware(Safety, settings=settings)
    errors.install(app)
    app.include_router(_files_router(state.files))
    served = routers()
    for router in served:
        app.include_router(router, responses=answers(tagged=False))
    state.served = frozenset(str(getattr(route, "path", "")) for router in served for route in router.routes)
    return app


def _warm(readers: Readers) -> None:
    """What the first page would wait for: opening the record and compiling the common templates. A record that cannot be opened is told of
    on the page that asks for it."""
    from crossfix.web.pages import environment

    environment().get_template("base.html")
    environment().get_template("parts.html")
    with suppress(CrossfixError), readers.lent():
        pass


def routers() -> list[APIRouter]:
    """The routers of the modules ``pages_*`` and ``api_*`` of this room, by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(web.__path__) if m.name.startswith(("pages_", "api_")))
    return [importlib.import_module(f"crossfix.web.{n}").router for n in names]


def _files_router(files: Files) -> APIRouter:
    router = APIRouter()

    @router.get("/static/{path:path}", include_in_schema=False)
    async def static(path: str, request: Request) -> Response:
        """A file of the site."""
        found = files.find(path)
        if found is None:
            return errors.shown(request, errors.Fault(404, "NotFound", "There is no such file.", None))
        file, keep = found
        tag = f'"{files.digest}"'
        headers = {"Cache-Control": keep, "ETag": tag, "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", "") and file.packed is not None:
            return Response(file.packed, media_type=file.type, headers=headers | {"Content-Encoding": "gzip"})
        return Response(file.data, media_type=file.type, headers=headers)

    return router
