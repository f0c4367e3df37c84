"""Which matters may everybody see, where are they, and how far? Through views that the public role may read."""
