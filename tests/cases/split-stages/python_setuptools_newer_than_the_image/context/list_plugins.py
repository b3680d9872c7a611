import click
import pkg_resources

for entry in pkg_resources.iter_entry_points("reader.plugins"):
    click.echo(entry.name)
