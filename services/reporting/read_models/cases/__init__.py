"""Which complaints are open, late, waiting for whom?"""
