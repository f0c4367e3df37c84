"""The actions that commands carry (`services.contracts.commands`), one module per subject."""
