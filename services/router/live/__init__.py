"""LIVE sessions: their facts, and which of them go on."""
