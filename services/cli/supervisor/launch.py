"""Becomes another program that dies with its parent: `launch.py PARENT SIGNAL USER PROGRAM [ARGUMENT…]`.

Run as a script with the bare standard library, between fork and exec, so that no `preexec_fn` is needed in a process
that has threads. PARENT is the pid that must still be our parent; SIGNAL (a number) is what we get when it ends,
however it ends (prctl(2), PR_SET_PDEATHSIG). USER is `same`, or `unprivileged` for programs that refuse to be root:
then a root parent's child gets a user namespace in which it is user 1000 (user_namespaces(7)); its files stay root's.
"""

import ctypes
import os
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
_NOBODY = 65534
_INSIDE = 1000


def _leave_root() -> None:
    uid, gid = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER) == 0:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{_INSIDE} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{_INSIDE} {gid} 1")
        return
    # No user namespaces here (many containers): another unprivileged user, who must be able to reach the folders.
    os.setgroups([])
    os.setgid(_NOBODY)
    os.setuid(_NOBODY)


def main(arguments: list[str]) -> None:
    parent, signal_number, user, *command = arguments
    if user == "unprivileged" and os.geteuid() == 0:
        _leave_root()
    # After the change of user: a change of credentials clears the setting.
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0) != 0:
        sys.exit(f"launch: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != int(parent):
        sys.exit("launch: the parent ended before we started")
    os.execvp(command[0], command)  # noqa: S606 - the very purpose of this file


if __name__ == "__main__":
    main(sys.argv[1:])
