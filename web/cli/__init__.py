"""The command `markscheme`: grading, evaluating and checking questions; running and tending the service.

Each command lives in a module of its own, which is imported only when the command is called, so
that `markscheme grade` never waits for Flask or the database.
"""

from __future__ import annotations

import sys

import click

from web.cli.lazy_group import LazyCommand, LazyGroup

COMMANDS = {
    "run": LazyCommand("web.cli.run:run", "Start the service."),
    "invite": LazyCommand("web.cli.invite:invite", "Print a one-time link that makes a teacher."),
    "grade": LazyCommand("web.cli.grade:grade", "Grade essays: JSON lines in, JSON lines out."),
    "evaluate": LazyCommand("web.cli.evaluate:evaluate", "Measure agreement with marked essays."),
    "fit": LazyCommand("web.cli.fit:fit", "Learn from marked essays on a question."),
    "calibrations": LazyCommand("web.cli.calibrations:calibrations", "Learn from reviewed essays."),
    "prompts": LazyCommand("web.cli.prompts_group:prompts_group", "List, check and attack the questions."),
    "sync": LazyCommand("web.cli.sync:sync", "Bring the stored questions up to date."),
    "score-pending": LazyCommand("web.cli.score_pending:score_pending", "Mark essays that await marking."),
    "new-password": LazyCommand("web.cli.new_password:new_password", "Give somebody a new password."),
    "export-person": LazyCommand("web.cli.export_person:export_person", "Hand over a person’s own data."),
    "erase": LazyCommand("web.cli.erase:erase", "Erase a student with everything written."),
    "retention": LazyCommand("web.cli.retention:retention", "Show, or erase, what is kept no longer."),
    "admin": LazyCommand("web.cli.admin:admin", "Let a teacher look after the service."),
    "backup": LazyCommand("web.cli.backup:backup", "Back up the database while it is in use."),
    "restore": LazyCommand("web.cli.restore:restore", "Put a backup back, or check that one could be."),
    "db": LazyCommand("web.cli.database:database", "Bring the tables up to date, or a version back."),
}


@click.group(
    cls=LazyGroup, commands_on_demand=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="markscheme", message="%(prog)s %(version)s")
def cli() -> None:
    """Mark practice essays against key points taken from revision notes."""


def main() -> None:
    """Run the command line with the arguments of the process: the entry point of `markscheme`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a character shows its number instead
            stream.reconfigure(errors="backslashreplace")
    cli(prog_name="markscheme")
