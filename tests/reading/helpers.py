# ruff: noqa: E501 - a page as it is saved
"""Files made for the tests of reading: PDFs by hand, archives with warcio. All texts are ours."""

from __future__ import annotations

import hashlib
import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGE = """<!doctype html><html lang="en"><head><title>Cargo ship seen at northern port | The Korea Herald</title>
<meta property="og:site_name" content="The Korea Herald"><meta property="article:published_time" content="2024-03-05T23:40:00+09:00">
<meta name="author" content="Park Min-ji"><link rel="canonical" href="https://www.koreaherald.com/view.php?ud=1">
<script>var tracking = "ministry said nothing";</script></head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Cargo ship seen at northern port</h1>
<p>SEOUL, March 5 (Yonhap) -- A cargo ship under a foreign flag was seen at a northern port on Monday, the unification ministry said.</p>
<p>The ministry's spokesman said that the ship had stayed for two days and that some forty containers were taken on board.</p>
<p>Officials in the capital declined to say what the containers held, and said that they were watching the port closely.</p>
<p>A shipping register lists the vessel under an owner in another country, which could not be reached for comment on Tuesday.</p>
</article><footer><p>Copyright 2024 The Korea Herald. All rights reserved.</p></footer></body></html>"""


def pdf(pages: list[list[str]], *, info: str = "", encrypt: bool = False, image: bool = False) -> bytes:
    """A minimal PDF: one text line per string, Helvetica. With ``encrypt`` it asks for a password nobody has."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for n, lines in enumerate(pages):
        drawn = "".join(f"1 0 0 1 50 {780 - 16 * k} Tm ({line}) Tj\n" for k, line in enumerate(lines))
        stream = f"BT /F1 12 Tf\n{drawn}ET".encode("latin-1")
        if image:
            stream = b"q 200 0 0 200 50 500 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\xff\xff\x00 EI Q"
        objects[4 + 2 * n] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        objects[5 + 2 * n] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    trailer = f"/Root 1 0 R /Size {len(objects) + 3}"
    if info:
        objects[len(objects) + 1] = f"<< {info} >>".encode("latin-1")
        trailer += f" /Info {len(objects)} 0 R"
    if encrypt:  # the hashes fit no password, the empty one neither
        number = len(objects) + 1
        objects[number] = (
            f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{'ab' * 32}> /U <{'cd' * 32}> >>".encode()
        )
        name = hashlib.md5(b"crossfix test").hexdigest()
        trailer += f" /Encrypt {number} 0 R /ID [<{name}> <{name}>]"
    out = io.BytesIO()
    out.write(b"%PDF-1.6\n")
    at = {}
    for number, body in objects.items():
        at[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for number in range(1, len(objects) + 1):
        out.write(b"%010d 00000 n \n" % at[number])
    out.write(f"trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def warc(
    pages: list[tuple[str, bytes, str]],
    *,
    gz: bool = True,
    status: str = "200 OK",
    extra: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """An archive with a response for each (address, body, content type), between records that are no pages."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz)
    about = writer.create_warcinfo_record("test.warc", {"software": "crossfix tests"})
    writer.write_record(about)
    about.raw_stream.close()
    for url, body, kind in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind), *extra], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2024-03-06T01:02:03Z"},
        )
        writer.write_record(record)
        record.raw_stream.close()  # the writer leaves its temporary file open
    return out.getvalue()
