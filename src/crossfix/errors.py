"""Every error crossfix raises on purpose, under one base.

    CrossfixError
    |-- ReadingError            a file that could not be read: says what, where and what to do
    |   |-- MissingFile         no such file, or a folder that cannot be listed
    |   |-- EmptyFile           no text in it
    |   |-- NotText             a binary under a text name
    |   |-- TooLarge            over a size limit (a file, a page, an unpacked archive)
    |   |-- Damaged             cut or broken beyond what can be read
    |   `-- Locked              encrypted, or no permission
    |-- UsageError              a value on the command line, or in a call, that means nothing
    `-- RecordError             the store of what was read
        |-- NewerRecord         written by a later crossfix
        |-- RecordBusy          another command holds it
        |-- DiskFull            no room to write
        |-- UnknownId           no such row
        `-- Conflict            another changed it meanwhile

Messages are one line: what happened, where, and what the reader of the message can do.
"""

from __future__ import annotations


class CrossfixError(Exception):
    """Base of all errors that crossfix raises on purpose. ``str(error)`` is one line for a person."""

    exit_status = 1

    def __init__(self, what: str, *, where: str | None = None, advice: str | None = None) -> None:
        self.what = what
        self.where = where
        self.advice = advice
        super().__init__(what)

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line}; {self.advice}" if self.advice else line

    def as_json(self) -> dict[str, str]:
        """The error as the contract shows it: {"type", "message"}."""
        return {"type": type(self).__name__, "message": str(self)}

    def __reduce__(self) -> tuple[object, ...]:
        # keyword-only arguments do not survive Exception's own pickling, and workers send errors back
        return (_rebuild, (type(self), self.what, self.where, self.advice))


def _rebuild(kind: type[CrossfixError], what: str, where: str | None, advice: str | None) -> CrossfixError:
    return kind(what, where=where, advice=advice)


class ReadingError(CrossfixError):
    """A file that could not be read."""


class MissingFile(ReadingError):
    """No such file, or a folder that cannot be listed."""


class EmptyFile(ReadingError):
    """There is no text in it."""


class NotText(ReadingError):
    """A binary under a text name."""


class TooLarge(ReadingError):
    """Over a size limit."""


class Damaged(ReadingError):
    """Cut short or broken beyond what can be read."""


class Locked(ReadingError):
    """Encrypted, or not to be opened by this user."""


class ModelError(CrossfixError):
    """A trained model's files are damaged or do not belong together."""


class UsageError(CrossfixError):
    """A value that means nothing where it was given."""

    exit_status = 2


class RecordError(CrossfixError):
    """The record could not be opened, read or written."""


class NewerRecord(RecordError):
    """The record was written by a later crossfix."""


class RecordBusy(RecordError):
    """Another command is writing to the record."""


class DiskFull(RecordError):
    """There is no room to write."""


class UnknownId(RecordError):
    """No row has this identifier."""


class Conflict(RecordError):
    """What a person wanted to change was changed by another meanwhile. ``current`` is how it stands now, as JSON values."""

    def __init__(
        self, what: str, *, current: object = None, where: str | None = None, advice: str | None = None
    ) -> None:
        super().__init__(what, where=where, advice=advice)
        self.current = current
