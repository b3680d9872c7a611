import click

from ._soundex import code


@click.command()
@click.argument("names", nargs=-1, required=True)
def main(names):
    """Print the code of each of NAMES."""
    for name in names:
        click.echo(f"{name} {code(name)}")
