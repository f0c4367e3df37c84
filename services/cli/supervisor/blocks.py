"""What a killed NATS server leaves half made in its store, and does not survive.

A stream's messages lie in numbered blocks: `7.blk`, and with encryption its key `7.key`. A new block's empty file is
made first, its key written beside it and renamed. Killed in between, nats-server 2.15.1 finds a block without a key,
says "Error recreating stream … corrupt state file" and throws the whole stream away, with what lay in its other blocks.
A work queue begins a block each time that it has become empty, so that about one kill in forty under load meets it.
"""

from pathlib import Path


def clear_unborn(store: Path) -> list[str]:
    """Takes away empty blocks that have no key yet: nothing was ever written to them. Only while no server runs.

    `store`: the server's `store_dir`, which need not be there, and is encrypted. Returns their paths below it.
    """
    found = []
    for block in sorted(store.glob("jetstream/*/streams/*/msgs/*.blk")):
        key = block.with_suffix(".key")
        if block.stat().st_size == 0 and not key.exists():
            block.with_suffix(".key.tmp").unlink(missing_ok=True)
            block.unlink()
            found.append(str(block.relative_to(store)))
    return found
