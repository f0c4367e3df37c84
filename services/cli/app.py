"""The `tuntas` command: every sub-command by name, one line each; what they do stands in `commands/`."""

from importlib import import_module
from importlib.util import find_spec

import typer

from services.cli.commands import (
    adapter,
    backup,
    boundaries,
    city,
    complaint,
    credentials,
    doctor,
    doors,
    judging,
    parked,
    provision,
    rotate,
    route,
    sending,
    services,
    status,
    up,
)

app = typer.Typer(
    name="tuntas",
    help="Carries a citizen's complaint from receipt to a resolution the citizen confirms.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
)
app.command("up")(up.up)
app.command("status")(status.status)
app.command("provision")(provision.provision)
app.command("credentials")(credentials.credentials)
app.command("rotate")(rotate.rotate)
app.command("complaint")(complaint.complaint)
app.add_typer(parked.app, name="parked")
app.add_typer(adapter.app, name="adapter")
city.app.command("boundaries")(boundaries.boundaries)
app.add_typer(city.app, name="city")
app.add_typer(route.app, name="route")
app.add_typer(sending.app, name="sending")
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("serve")(services.serve)
app.command("rebuild")(services.rebuild)
app.command("seat", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(services.seat)
app.command(
    "learn",
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
)(services.learn)
for name, command in (
    ("notices", doors.notices),
    ("templates", doors.templates),
    ("mail", doors.mail),
    ("open311", doors.open311),
    ("import", doors.import_),
    ("link", doors.link),
    ("tokens", doors.tokens),
    ("webhook", doors.webhook),
):
    app.command(
        name, context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
    )(command)
app.command("service", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(services.service)
app.command("doctor")(doctor.doctor)
app.command("suggest")(judging.suggest)
app.command("evaluate")(judging.evaluate)

if find_spec("services.cli.demo") is not None:
    # Optional at run time: an installation without the demo's stories has everything else.
    app.command("demo")(import_module("services.cli.demo").demo)
