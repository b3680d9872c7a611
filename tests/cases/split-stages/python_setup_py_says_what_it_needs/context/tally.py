import click


def main():
    click.echo("1")
