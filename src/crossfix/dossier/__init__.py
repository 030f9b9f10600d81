"""Record to what people read: HTML, Markdown, and the exchange formats."""
