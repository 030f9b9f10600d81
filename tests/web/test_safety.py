"""What stands before every page: headers, hosts, origins, form tokens, the site's token, limits; and where it refuses to listen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossfix.errors import UsageError
from crossfix.web import tokens
from crossfix.web.app import create_app, routers
from crossfix.web.files import FOLDER, Files
from crossfix.web.pages import script_json
from crossfix.web.safety import HEADERS, POLICY
from crossfix.web.settings import Settings, host_name, is_loopback
from tests.site_tools import csrf

if TYPE_CHECKING:
    from starlette.testclient import TestClient

TOKEN = "a token that is long enough"
PROXY = "https://site.example/crossfix"


@pytest.fixture
def open_site(made_record: Path) -> Iterator[Any]:
    """Makes clients of sites with other settings."""
    from contextlib import ExitStack

    from starlette.testclient import TestClient as Client

    with ExitStack() as stack:

        def make(base: str = "http://localhost:8723", **settings: Any) -> TestClient:
            app = create_app(made_record, Settings(**settings))
            return stack.enter_context(Client(app, base_url=base, follow_redirects=False))

        yield make


def every_route() -> list[tuple[str, str]]:
    """(method, path) of every route, its parameters filled with something that is not there."""
    out = []
    for router in routers():
        for route in router.routes:
            path = re.sub(r"\{[^}]+\}", "nothing", str(getattr(route, "path", "")))
            out += [
                (m, path)
                for m in sorted(getattr(route, "methods", None) or ())
                if m in ("GET", "POST", "PUT", "DELETE", "PATCH")
            ]
    return [
        *out,
        ("GET", "/static/css/site.css"),
        ("GET", "/static/none"),
        ("GET", "/api/v1/openapi.json"),
        ("GET", "/no/such/page"),
    ]


# ------------------------------------------------------------------ headers


def test_every_answer_has_the_headers(client: TestClient) -> None:
    seen = set()
    for method, path in every_route():
        answer = client.request(method, path, follow_redirects=False)
        seen.add(answer.status_code)
        for name, value in HEADERS.items():
            assert value.decode() in answer.headers.get_list(name.decode()), (method, path, answer.status_code)
        assert "cache-control" in answer.headers
        assert answer.status_code != 500, (method, path, answer.text[:500])
    assert {200, 403, 404} <= seen


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    rules = dict(r.strip().split(" ", 1) for r in POLICY.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert {v for k, v in rules.items() if k not in ("default-src", "base-uri", "frame-ancestors", "img-src")} == {
        "'self'"
    }
    assert "unsafe" not in POLICY


def test_no_template_holds_inline_scripts_styles_or_foreign_addresses() -> None:
    for path in (FOLDER.parent / "templates").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), path.name
        assert not re.search(r"""(?:src|href|action)=["']https?:""", text), path.name
        for tag in re.findall(r"<script[^>]*>", text):
            assert "src=" in tag or 'type="application/json"' in tag, (path.name, tag)


def test_no_own_script_or_sheet_asks_for_anything_foreign() -> None:
    for path in [*(FOLDER / "js").glob("*.js"), *(FOLDER / "css").glob("*.css")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""(?:import|fetch|url|src)\s*\(?\s*["']?(?:https?:)?//""", text), path.name
        assert not re.search(r"\beval\(|new Function|innerHTML\s*=(?!=)", text), path.name


def test_a_failure_of_ours_is_a_page_with_headers_and_without_details(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from crossfix.web import reads_overview

    def fail(*_: object) -> None:
        raise ZeroDivisionError("the secret of the day")

    monkeypatch.setattr(reads_overview, "newest", fail)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "secret" not in answer.text
    assert "the secret of the day" in caplog.text
    assert answer.headers["content-security-policy"] == POLICY
    assert client.get("/", headers={"Accept": "application/json"}).json()["error"]["type"] == "Crash"
    monkeypatch.undo()
    assert client.get("/").status_code == 200


# ------------------------------------------------------------------ hosts and origins


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "localhost@evil", "10.0.0.1"]
)
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    for path in ("/", "/static/css/site.css", "/login"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 421
        assert "Set-Cookie" not in answer.headers or "crossfix_session" not in answer.headers["Set-Cookie"]
        assert "document" not in answer.text.lower()


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:9", "127.0.0.1:8723", "[::1]:8723", "127.0.0.7", "LOCALHOST:1"]
)
def test_loopback_by_any_port_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Origin": "https://localhost:8723"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(client: TestClient, headers: dict[str, str]) -> None:
    token = csrf(client)
    answer = client.post("/add/stop", data={"csrf": token, "job": "x"}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text


# ------------------------------------------------------------------ form tokens


def test_a_change_without_the_form_token_is_refused(client: TestClient) -> None:
    token = csrf(client)
    own = {"Origin": "http://localhost:8723", "Accept": "application/json"}
    for method, path in every_route():
        if method == "GET":
            continue
        for data in ({}, {"csrf": "0" * 64}, {"csrf": token[:-1]}):
            answer = client.request(method, path, data=data, headers=own)
            assert answer.status_code == 403, (method, path)
            assert answer.json()["error"]["type"] == "Refused"
    assert client.post("/add/stop", data={"csrf": token, "job": "x"}, headers=own).status_code == 404
    assert client.post("/add/stop", data={"job": "x"}, headers=own | {"X-CSRF-Token": token}).status_code == 404


def test_the_form_token_is_of_one_browser_and_one_start(client: TestClient, open_site: Any) -> None:
    other, later = open_site(), open_site()
    token = csrf(other)
    csrf(later)
    assert later.post("/login", data={"csrf": token}).status_code == 403
    other.cookies.clear()
    assert other.post("/login", data={"csrf": token}).status_code == 403
    assert client.get("/").headers["content-security-policy"]


def test_in_a_form_with_files_the_token_comes_first(client: TestClient) -> None:
    token = csrf(client)
    first = [("csrf", (None, token)), ("files", ("", b"", "text/plain"))]
    later = [("files", ("a.txt", b"x", "text/plain")), ("csrf", (None, token))]
    assert client.post("/add", files=later).status_code == 403
    assert client.post("/add", files=first).status_code in (400, 422)


def test_a_large_body_is_refused_whatever_it_says_of_its_length(client: TestClient) -> None:
    token = csrf(client)
    headers = {"X-CSRF-Token": token, "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    assert client.post("/add/stop", content=b"x" * 1_000_001, headers=headers).status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(1100):
            yield b"x" * 1000

    assert client.post("/add/stop", content=pieces(), headers=headers).status_code == 413
    assert client.post("/add/stop", content=b"x", headers=headers | {"Content-Length": "-1"}).status_code == 413


# ------------------------------------------------------------------ the site's token


def test_a_site_with_a_token_shows_nothing_without_it(open_site: Any) -> None:
    site = open_site(token=TOKEN)
    for method, path in every_route():
        if path.startswith(("/static", "/login")):
            continue
        answer = site.request(method, path)
        assert answer.status_code in (303, 401), (method, path)
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/login?next=")
    assert site.get("/api/v1/openapi.json").json()["error"]["type"] == "NeedsToken"
    assert site.get("/static/css/site.css").status_code == 200


def test_the_token_opens_it(open_site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossfix.web.pages_login.PATIENCE", 0.0)
    site = open_site(token=TOKEN)
    form = csrf(site, "/login")
    wrong = site.post("/login", data={"csrf": form, "token": "a guess that is long enough"})
    assert wrong.status_code == 403
    assert "not the token" in wrong.text
    right = site.post("/login", data={"csrf": form, "token": TOKEN, "next": "/documents"})
    assert (right.status_code, right.headers["location"]) == (303, "/documents")
    assert "HttpOnly" in right.headers["set-cookie"]
    page = site.get("/")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    site.post("/logout", data={"csrf": form})
    assert site.get("/").status_code == 303


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\nb", ""])
def test_the_way_in_leads_nowhere_else(open_site: Any, address: str) -> None:
    site = open_site(token=TOKEN)
    form = csrf(site, "/login")
    assert site.post("/login", data={"csrf": form, "token": TOKEN, "next": address}).headers["location"] == "/"


def test_programs_send_the_token_and_need_no_form_token(open_site: Any) -> None:
    site = open_site(token=TOKEN)
    headers = {"Authorization": f"Bearer {TOKEN}", "Accept": "application/json"}
    assert site.get("/documents", headers=headers).status_code == 200
    assert site.post("/add/stop", data={"job": "x"}, headers=headers).status_code == 404
    for wrong in (f"Bearer {TOKEN}x", "Bearer ", f"Basic {TOKEN}", TOKEN):
        assert site.get("/documents", headers={"Authorization": wrong, "Accept": "application/json"}).status_code == 401


def test_a_session_ends(open_site: Any) -> None:
    now = [dt.datetime(2024, 1, 1, tzinfo=dt.UTC)]
    site = open_site(token=TOKEN, now=lambda: now[0])
    site.post("/login", data={"csrf": csrf(site, "/login"), "token": TOKEN})
    assert site.get("/").status_code == 200
    now[0] += dt.timedelta(hours=tokens.HOURS, seconds=1)
    assert site.get("/").status_code == 303


@given(st.text(max_size=80))
def test_no_made_up_session_or_visit_holds(value: str) -> None:
    assert not tokens.session_holds(b"secret", value, dt.datetime(2024, 1, 1, tzinfo=dt.UTC))


# ------------------------------------------------------------------ where it listens


@pytest.mark.parametrize(
    ("given_", "why"),
    [
        ({"host": "0.0.0.0"}, "needs a token"),
        ({"host": "::"}, "needs a token"),
        ({"host": "192.0.2.1", "token": TOKEN}, "unencrypted"),
        ({"host": "127.0.0.1", "behind_proxy": PROXY}, "needs a token"),
        ({"token": TOKEN, "behind_proxy": "http://site.example"}, "no address of a proxy"),
        ({"token": TOKEN, "behind_proxy": "https://user@site.example"}, "no address of a proxy"),
        ({"token": "short"}, "at least 16"),
        ({"token": "ü" * 20}, "ASCII"),
        ({"cert": Path(__file__)}, "needs its key"),
        ({"cert": Path("no-such.pem"), "key": Path(__file__)}, "no file"),
    ],
)
def test_it_refuses_to_listen_where_it_would_not_be_safe(given_: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        Settings(**given_)


def test_it_listens_elsewhere_with_a_token_and_tls_or_a_proxy() -> None:
    here = Path(__file__)
    assert Settings("0.0.0.0", token=TOKEN, cert=here, key=here).secure
    behind = Settings("0.0.0.0", token=TOKEN, behind_proxy=PROXY)
    assert behind.root == "/crossfix"
    assert behind.knows_host("site.example")
    assert not behind.knows_host("other.example")
    assert behind.knows_origin("https://site.example", "site.example")
    assert not behind.knows_origin("https://site.example.evil", "site.example")
    assert TOKEN not in repr(behind)
    assert Settings("::1").knows_host("[::1]:8723")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("a:1", "a"),
        ("[::1]:2", "::1"),
        ("a/b", ""),
        ("u@h", ""),
        ("[", ""),
        ("h.", "h"),
        ("h:x", "h"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_host_names(host: str, name: str) -> None:
    assert host_name(host) == name


@given(st.text(max_size=60))
def test_no_host_header_breaks_the_look_at_it(host: str) -> None:
    assert is_loopback(host_name(host)) in (True, False)


def test_behind_a_proxy_links_carry_its_path(open_site: Any) -> None:
    site = open_site("https://site.example", token=TOKEN, behind_proxy=PROXY)
    for base in ("/crossfix", ""):  # a proxy may take its path away or leave it
        page = site.get(f"{base}/login")
        assert page.status_code == 200
        assert 'data-root="/crossfix"' in page.text
        assert re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
        assert all(x.startswith("/crossfix/") for x in re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text))
        sheet = re.search(r'href="/crossfix(/static/[^"]+css)"', page.text)
        assert sheet
        assert site.get(base + sheet[1]).status_code == 200
    answer = site.get("/crossfix/documents")
    assert answer.headers["location"] == "/crossfix/login?next=/documents"
    cookie = page.headers["set-cookie"]
    assert "Secure" in cookie
    assert "Path=/crossfix" in cookie


# ------------------------------------------------------------------ files and data in pages


@pytest.mark.parametrize(
    "path",
    [
        "../app.py", "..%2fapp.py", "%2e%2e/app.py", "css/../../app.py", "css/..%5c..%5capp.py", "/etc/passwd", "//etc/passwd",
        "abc/../../settings.py", "css/site.css%00.png", ".", "", "css", "js/", "%ff",
    ],
)  # fmt: skip
def test_only_the_sites_own_files_are_served(client: TestClient, path: str) -> None:
    answer = client.get(f"/static/{path}")
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_files_are_kept_by_their_content(client: TestClient) -> None:
    files = Files()
    kept = client.get(f"/static/{files.digest}/js/site.js")
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert kept.headers["content-type"] == "text/javascript; charset=utf-8"
    assert kept.headers["content-encoding"] == "gzip"
    assert "export" in kept.text
    assert client.get("/static/0123456789ab/js/site.js").headers["cache-control"] == "public, no-cache"
    again = client.get("/static/js/site.js", headers={"If-None-Match": kept.headers["etag"]})
    assert again.status_code == 304


def test_every_vendored_library_has_its_licence_and_stands_in_the_list() -> None:
    for root in (FOLDER / "vendor", Path(__file__).parent / "vendor"):
        listed = (root / "README.md").read_text(encoding="utf-8")
        folders = [p for p in root.iterdir() if p.is_dir()]
        assert folders
        for folder in folders:
            name, _, version = folder.name.rpartition("-")
            assert re.search(
                rf"^\| {re.escape(name)} \| {re.escape(version)} \| \S.* \| `[0-9a-f]{{64}}` \|$", listed, re.M
            )
            assert list(folder.glob("LICENSE*"))
            script = (FOLDER.parents[3] / "scripts" / "vendor").read_text(encoding="utf-8")
            assert f" {name} {version} " in script


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(), x), max_leaves=8
    )
)
def test_data_for_scripts_ends_no_element_and_comes_back_whole(value: Any) -> None:
    import json

    text = str(script_json(value))
    assert not set(text) & set("<>&\u2028\u2029")
    text.encode()
    if not re.search("[\ud800-\udfff]", json.dumps(value, ensure_ascii=False)):
        assert json.loads(text) == value
