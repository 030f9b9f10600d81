"""Bytes to documents: one module a format. Furniture is marked, never cut."""
