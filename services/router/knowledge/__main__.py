"""`python -m services.router.knowledge`: make the base model anew, after its texts or the lexicon were changed."""

from services.router.knowledge import BASE
from services.router.knowledge.build import write

if __name__ == "__main__":
    print(f"{len(write(BASE))} features, {BASE.stat().st_size} bytes: {BASE}")  # noqa: T201  # a command's answer
