"""The machine beside the figures: cores, the disk's fsync, and what a tree of processes uses."""

import os
import re
import statistics
import time
from collections.abc import Iterable
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def fsync_us(folder: Path, times: int = 200) -> float:
    """Median microseconds to append 4 kB to a file in `folder` and have it on the disk."""
    probe = folder / "fsync-probe"
    spans = []
    with probe.open("wb", buffering=0) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            spans.append((time.perf_counter() - began) * 1e6)
    probe.unlink()
    return statistics.median(spans)


def tree(root: int, without: Iterable[int] = ()) -> list[int]:
    """`root` and every process below it, but not the subtrees of `without`."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            stat = _read(entry / "stat")
            if stat:
                parent = int(stat.rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    skipped = set(without)
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        if pid not in skipped:
            found.append(pid)
            waiting.extend(children.get(pid, []))
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time that the processes (and their ended children) have used so far."""
    total = 0
    for pid in pids:
        stat = _read(Path(f"/proc/{pid}/stat"))
        if stat:
            fields = stat.rpartition(")")[2].split()
            total += sum(int(fields[index]) for index in (11, 12, 13, 14))
    return total / _TICK


def parts(pids: Iterable[int]) -> dict[str, list[int]]:
    """Processes by what they are: `router`, `nats`, `postgres`, `supervisor` …"""
    found: dict[str, list[int]] = {}
    for pid in pids:
        if command := _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " "):
            found.setdefault(_part(command), []).append(pid)
    return found


def _part(command: str) -> str:
    if (module := re.search(r"services\.(\w+)\.main", command)) is not None:
        return module[1]
    if "services.cli" in command:
        return "supervisor"
    return "nats" if "nats-server" in command else "postgres" if "postgres" in command else "other"


def cpu_by_part(root: int) -> dict[str, float]:
    """Seconds so far, of each part below `root`."""
    return {name: cpu_seconds(pids) for name, pids in parts(tree(root)).items()}


def pss_by_part(root: int) -> dict[str, int]:
    return {name: round(pss_mb(pids)) for name, pids in sorted(parts(tree(root)).items())}


def pss_mb(pids: Iterable[int]) -> float:
    """Proportional set size: memory, with what several processes share counted once."""
    total = 0
    for pid in pids:
        for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def _read(path: Path) -> str:
    """Nothing for a process that has just ended."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return ""
