"""The notifier's own commands."""
