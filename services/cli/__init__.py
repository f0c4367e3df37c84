"""The `tuntas` command: starts, provisions and looks after the services. It never imports one."""
