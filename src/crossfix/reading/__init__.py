"""Bytes to documents: plain text, HTML, PDF and web archives, each with its outlet, date, language and furniture."""

from __future__ import annotations

from crossfix.reading.document import read
from crossfix.reading.sources import Source, find, original

__all__ = ["Source", "find", "original", "read"]
