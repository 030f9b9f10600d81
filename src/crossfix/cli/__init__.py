"""The command line: `crossfix [--record PATH] COMMAND`.

Results go to standard output, messages and progress to standard error. Exit status 0: all well; 1: some input failed,
the rest is done; 2: the call makes no sense; 130: interrupted; 141: the reader of the output went away.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from crossfix import __version__
from crossfix.cli import (
    agents,
    checking,
    data,
    deciding,
    linking,
    listing,
    making,
    reading,
    reviewing,
    serving,
    showing,
)
from crossfix.cli.common import CONTEXT, State
from crossfix.errors import CrossfixError


class Crossfix(click.Group):
    """The group of commands. Every error that reaches it becomes one line and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order of use, not of the alphabet."""
        return list(self.commands)

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Runs and exits."""
        extra.pop("standalone_mode", None)
        try:
            value = super().main(args=args, prog_name=prog_name or "crossfix", standalone_mode=False, **extra)
            sys.stdout.flush()
            status = value if isinstance(value, int) else 0
        except CrossfixError as error:
            status = _say(str(error), error.exit_status)
        except click.UsageError as error:
            status = _say(_usage(error), 2)
        except click.ClickException as error:
            status = _say(error.format_message(), 1)
        except (click.Abort, KeyboardInterrupt):
            status = _say("stopped by the keyboard; what was done until then is kept", 130)
        except BrokenPipeError:
            # nobody reads on; without this, Python complains once more while shutting down
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = 141
        except OSError as error:
            status = _say(f"{error.filename or 'output'}: {(error.strerror or str(error)).lower()}", 1)
        sys.exit(status)


def _say(line: str, status: int) -> int:
    click.echo(f"crossfix: {' '.join(line.split())}", err=True)
    return status


def _usage(error: click.UsageError) -> str:
    where = error.ctx.command_path if error.ctx else "crossfix"
    what = error.format_message().rstrip(".")
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return f"{where}: a command is missing; see crossfix --help"
    return f"{where.removeprefix('crossfix ')}: {what}; see {where} --help"


@click.group(cls=Crossfix, context_settings=CONTEXT, no_args_is_help=False, invoke_without_command=True)
@click.option(
    "--record",
    metavar="PATH",
    envvar="CROSSFIX_RECORD",
    default="crossfix.sqlite",
    show_default="$CROSSFIX_RECORD, else crossfix.sqlite here",
    help="The file that holds the record.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress, no notes; errors are still shown.")
@click.version_option(__version__, prog_name="crossfix")
@click.pass_context
def cli(ctx: click.Context, record: str, quiet: bool) -> None:
    """Who said what, through whom, how firmly, and how many independent origins stand behind it.

    Start with:  crossfix add FOLDER  and then  crossfix dossier
    """
    ctx.obj = State(record, quiet)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


for _command in (
    reading.add,
    listing.documents,
    listing.claims,
    listing.events,
    listing.transfers,
    listing.sources,
    agents.agents,
    linking.origins,
    linking.event,
    linking.drift,
    checking.check,
    data.data,
    deciding.merge,
    deciding.split,
    deciding.undo,
    deciding.decisions_,
    reviewing.review,
    showing.show,
    showing.search,
    making.dossier,
    making.export,
    reading.extract,
    serving.serve,
):
    cli.add_command(_command)


def main() -> NoReturn:
    """The console script."""
    cli.main()
