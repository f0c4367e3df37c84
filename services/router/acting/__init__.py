"""Commands of offices and staff: who may, what it means for the complaint, what is answered."""
