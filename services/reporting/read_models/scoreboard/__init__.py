"""How many, per city, office and kelurahan, and how did they end?"""
