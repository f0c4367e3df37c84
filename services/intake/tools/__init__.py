"""Intake's own commands: `tuntas` starts each as a process with intake's settings."""
