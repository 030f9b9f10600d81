"""Adding reports from the browser, and running the checks; both in the background."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.responses import RedirectResponse, Response

from crossfix.errors import UsageError
from crossfix.web.errors import Refused, wants_json
from crossfix.web.jobs import Job, Jobs
from crossfix.web.pages import page
from crossfix.web.reading import Reading

router = APIRouter(include_in_schema=False)


def _jobs(request: Request) -> Jobs:
    if request.app.state.settings.read_only:
        raise Refused("the site was started for reading only", advice="start crossfix serve without --read-only")
    jobs: Jobs = request.app.state.jobs
    return jobs


@router.get("/add", response_class=HTMLResponse)
def add(request: Request, view: Reading) -> Response:
    """The form, and what is in hand."""
    jobs = _jobs(request).every()
    return page(request, view, "add.html", jobs=jobs, limits=request.app.state.settings)


@router.post("/add", response_class=HTMLResponse)
def upload(
    request: Request,
    files: Annotated[list[UploadFile], File()],
    outlet: Annotated[str, Form(max_length=200)] = "",
    published: Annotated[str, Form(max_length=10)] = "",
    language: Annotated[str, Form(max_length=2)] = "",
    fast: Annotated[bool, Form()] = False,
    check: Annotated[bool, Form()] = False,
) -> Response:
    """Take the files and read them in the background."""
    s, jobs = request.app.state.settings, _jobs(request)
    chosen = [f for f in files if f.filename]
    if not chosen:
        raise UsageError("no file was chosen", advice="choose one or more reports")
    if len(chosen) > s.upload_files:
        raise UsageError(f"{len(chosen)} files at once", advice=f"at most {s.upload_files}; send the rest after")
    given = _given(outlet, published, language) | {"fast": fast or s.fast, "check": check}
    job = jobs.add([(f.filename or "", f.file) for f in chosen], s.now().isoformat(timespec="seconds"), **given)
    return _answer(request, job)


@router.post("/add/check", response_class=HTMLResponse)
def check(request: Request) -> Response:
    """Run the checks over the whole record in the background."""
    return _answer(request, _jobs(request).check(request.app.state.settings.now().isoformat(timespec="seconds")))


@router.get("/add/jobs")
def jobs(request: Request) -> Response:
    """What is in hand, as JSON."""
    return JSONResponse({"jobs": [j.as_json() for j in _jobs(request).every()]})


@router.post("/add/stop", response_class=HTMLResponse)
def stop(request: Request, job: Annotated[str, Form(max_length=40)]) -> Response:
    """End a piece of work; what it kept is kept."""
    return _answer(request, _jobs(request).stop(job))


def _answer(request: Request, job: Job) -> Response:
    if wants_json(request.url.path, request.headers.get("accept", "")):
        return JSONResponse(job.as_json(), 202)
    return RedirectResponse(request.app.state.settings.root + "/add", 303)


def _given(outlet: str, published: str, language: str) -> dict[str, Any]:
    """What the form says of all its files. Raises UsageError."""
    from crossfix.model import Interval

    if published.strip():
        try:
            day = Interval.parse(published.strip())
        except ValueError:
            day = None
        if day is None or day.precision != "day":
            raise UsageError(f"'{published}' is no day", advice="give it as YYYY-MM-DD, or leave it out")
    if language.strip() and not (
        len(language.strip()) == 2 and language.strip().isascii() and language.strip().isalpha()
    ):
        raise UsageError(f"'{language}' is no language code", advice="give two letters, such as en")
    return {
        "outlet": outlet.strip() or None,
        "published": published.strip() or None,
        "language": language.strip().lower() or None,
    }
