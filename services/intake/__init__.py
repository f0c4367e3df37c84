"""The doors: what people and adapters send becomes complaints, messages and questions, once each."""
