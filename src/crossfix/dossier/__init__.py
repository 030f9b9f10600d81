"""Record to what people read: HTML, Markdown, and the exchange formats."""

from __future__ import annotations

from crossfix.dossier.gather import gather
from crossfix.dossier.html import to_html
from crossfix.dossier.markdown import to_markdown

__all__ = ["gather", "to_html", "to_markdown"]
