"""A list of words, written as prose. Pure."""


def vocabulary(of: str) -> frozenset[str]:
    """Words between spaces or line ends."""
    return frozenset(of.split())
