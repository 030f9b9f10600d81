"""The record's migrations. Each stands for itself: it holds its own table definitions and imports none of crossfix."""
