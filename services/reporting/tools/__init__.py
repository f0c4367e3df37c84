"""Commands of reporting that an operator starts (`tuntas …`)."""
