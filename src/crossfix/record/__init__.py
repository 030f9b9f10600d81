"""Keeps documents, claims, events and transfers: append-only, searchable, with history."""
