"""Where output goes: stdout for data."""

import click


def show(records, as_json):
    from monitor.formats.json_lines import json_lines
    for line in json_lines(records):
        click.echo(line)
