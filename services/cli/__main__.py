"""`python -m services.cli`, which is the `tuntas` command."""

from services.cli.app import app

if __name__ == "__main__":
    app(prog_name="tuntas")
