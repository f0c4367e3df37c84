"""What a seat can do with a complaint, as forms: who may, which fields, and how they become a contract's action."""
