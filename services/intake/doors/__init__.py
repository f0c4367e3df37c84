"""The ways in: each reads what its provider or program sends, answers, and puts it on INTAKE once it is durable."""
