"""`tuntas demo`: the practices of the cities played as stories, through the outside doors only.

Nothing in here reaches into a service: what a story does, it does as a person with a phone, an adapter, an agency's
program or somebody at the console would; what it asserts, it has read from outside.
"""

from services.cli.demo.command import demo

__all__ = ["demo"]
