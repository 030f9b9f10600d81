"""The record as a local site: pages for people, a JSON API for programs.

How a page is made
------------------
``pages_NAME.py`` holds ``router = APIRouter()`` and is found by its name (``api_NAME.py`` likewise). A page asks for a ``View``
(``reading.Reading``), which carries one read-only Record in one consistent view, hands its connection to functions of
``reads_NAME.py`` (SQL, no HTTP) and renders ``templates/NAME.html`` with ``pages.page(request, view, "NAME.html", ...)``::

    router = APIRouter()

    @router.get("/checks", response_class=HTMLResponse)
    def checks(request: Request, view: Reading) -> Response:
        return page(request, view, "checks.html", rows=reads_checks.first(view.connection))

The template extends ``base.html``; ``parts.html`` has chips, citations, dates, tables, pagers and the states. Links are written
``{{ at('/events/E12') }}`` and files ``{{ asset('js/map.js') }}``, so that the site also runs under a proxy's path. To write, ask for
``reading.Writing`` in a POST route; forms hold ``{{ csrf() }}`` and scripts use ``post()`` of ``js/site.js``. Errors are raised as
CrossfixError; ``errors.py`` gives them a status and a page or JSON.

To stay fast on a large record, ``reads_*`` sort, filter and count in the lean ``now_*`` tables (``record.schema.NOW``; triggers keep them
equal to what stands), take one page (``paging.Order``), and load kept rows for that page alone (``record.current_of(table, ids)``).
``reads_subjects.subjects`` names claims, events, transfers and documents in a line each; ``view.cached(key, compute)`` keeps an answer
until the record changes; ``reading.etag`` and ``unchanged_since`` answer 304. Templates and static files are read at the start: restart to
see a change.
"""

from __future__ import annotations
