"""The command line in this process."""

from kayan.cli import main


def run(capsys, *arguments):
    """Return the exit code and what is written to standard output and error."""
    try:
        code = main(arguments)
    except SystemExit as stopped:
        code = stopped.code
    return (code, *capsys.readouterr())
