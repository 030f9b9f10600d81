"""Public data: tables with a source and a licence on every row, and their loaders."""
