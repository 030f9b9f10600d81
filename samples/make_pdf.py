"""Writes reports/09-security-council.pdf, the sample that is a PDF: a page of Helvetica from the text below.

    python samples/make_pdf.py

No library is needed, and the same text always gives the same bytes.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

TITLE = "Security Council divided over North Korea's satellite launch"
OUTLET = "Strand Review"
MADE = "D:20231128090000Z"
PARAGRAPHS = (
    "UNITED NATIONS - The Security Council met on Monday, November 27, 2023, over the launch of a North Korean "
    "reconnaissance satellite on November 21, and ended its meeting without a decision.",
    "Khaled Khiari, the assistant secretary-general who briefed the council, said North Korea had told Japan's "
    "coast guard of the launch beforehand, but had issued no warning to the international bodies for aviation and "
    "shipping. He urged North Korea to return to dialogue.",
    "Linda Thomas-Greenfield, the ambassador of the United States, condemned the launch, which she said violated "
    "several resolutions of the council. She repeated that Washington offers talks without preconditions. The "
    "representatives of Japan and South Korea also condemned the launch as a violation.",
    "North Korea's ambassador, Kim Song, rejected the criticism. He described the satellite as an exercise of the "
    "right to self-defence against threats from the United States.",
    "China's representative, Geng Shuang, called for restraint and said that North Korea's security concerns "
    "needed an answer if the region was to leave its deadlock. Russia's representative, Anna Evstigneeva, blamed "
    "military exercises of the United States and its allies for the tension.",
    "None of the speakers announced a new draft resolution. In May 2022 China and Russia vetoed the last proposal "
    "to strengthen the sanctions.",
    "North Korea's state news agency KCNA reported on Tuesday that leader Kim Jong Un had seen pictures of the "
    "White House and the Pentagon taken by the satellite. North Korea has not published any of them, and no other "
    "government has confirmed that they exist.",
)


def escaped(text: str) -> bytes:
    """A PDF string: Windows Latin 1, parentheses and backslashes escaped."""
    return b"(" + text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def page() -> bytes:
    """The drawing instructions: a running head, the headline, the paragraphs in lines of at most 92 characters."""
    out = [b"BT /F1 9 Tf 72 790 Td " + escaped(f"{OUTLET}   28 November 2023") + b" Tj ET"]
    out.append(b"BT /F2 15 Tf 72 755 Td " + escaped(TITLE) + b" Tj ET")
    height = 725
    for paragraph in PARAGRAPHS:
        for line in textwrap.wrap(paragraph, 92):
            out.append(b"BT /F1 10.5 Tf 72 %d Td " % height + escaped(line) + b" Tj ET")
            height -= 15
        height -= 9
    return b"\n".join(out)


def pdf() -> bytes:
    """The file: catalogue, one A4 page, two fonts, metadata, cross-reference table."""
    content = page()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Title " + escaped(TITLE) + b" /Author " + escaped(OUTLET) + b" /CreationDate " + escaped(MADE) + b" >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


if __name__ == "__main__":
    target = Path(__file__).parent / "reports" / "09-security-council.pdf"
    target.write_bytes(pdf())
    print(f"{target.name}: {target.stat().st_size} bytes")
