"""The command line: one file per noun; every command asks a lower layer and prints what it gets."""

from monitor.cli.program import main

__all__ = ["main"]
