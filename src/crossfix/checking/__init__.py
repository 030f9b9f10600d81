"""Checks: claims held against the calendar, arithmetic and public data. Record in, findings out.

Each check is one module: pure functions from plain values to a ``Result``, and a small adapter that finds the questions in a
``Case``. ``crossfix.checking.registry`` knows them all, those of other packages too.
"""
