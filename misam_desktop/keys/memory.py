"""What the program holds in memory, keys and names, must not land on the disk when it crashes."""

from __future__ import annotations

import sys


def leave_no_core_dumps() -> None:
    """Let no crash of this process write its memory to a file, or hand it to a crash reporter; for the whole run.

    POSIX only: Windows keeps no full dump of a program unless somebody sets that up.
    """
    if sys.platform == "win32":
        return
    import resource

    # One byte holds no dump; and where Linux pipes dumps to a reporter it looks at no limit but this very one
    # (fs/coredump.c: «RLIMIT_CORE of 1»), which a limit of 0 would let pass.
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    least = 0 if most == 0 else 1
    resource.setrlimit(resource.RLIMIT_CORE, (least, least))
