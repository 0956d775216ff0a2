import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.lock import alone

TOP = Path(__file__).parent.parent
COUNT = """
import sys, time
from pathlib import Path
from kg.lock import alone

for _ in range(5):
    with alone(Path(sys.argv[1])):
        count = int(Path(sys.argv[2]).read_text())
        time.sleep(0.01)
        Path(sys.argv[2]).write_text(str(count + 1))
"""


def test_processes_take_turns(tmp_path: Path) -> None:
    count = tmp_path / "count"
    count.write_text("0")
    command = [sys.executable, "-c", COUNT, tmp_path / "lock", count]
    running = [subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(TOP)}) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert count.read_text() == "15"


@pytest.mark.parametrize(("number", "matters"), [(errno.ENOLCK, False), (errno.EIO, True)])
def test_nobody_waits_on_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, matters: bool) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    entered = False
    try:
        with alone(tmp_path / "lock"):
            entered = True
    except OSError as error:
        assert error.errno == number
    assert entered is not matters
