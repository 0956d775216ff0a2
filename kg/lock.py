"""A file in, the right to go on out: one at a time has it, of all threads and processes that ask."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNKNOWN = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}  # what file systems without locks answer: as on Windows, nobody waits there


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until nobody else is at it; a killed process frees the lock."""
    with path.open("w") as file:
        if sys.platform != "win32":
            import fcntl  # noqa: PLC0415  (Unix only)

            try:
                fcntl.flock(file, fcntl.LOCK_EX)
            except OSError as error:
                if error.errno not in UNKNOWN:
                    raise
        yield
