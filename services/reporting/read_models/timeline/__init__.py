"""What happened to this complaint, step by step?"""
