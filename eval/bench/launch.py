"""One command in a process of its own: how long it took, and the most memory it held.

Run as a process itself, because Linux counts what the parent held into the peak of a child
(`exec` keeps the greater of both): this one holds next to nothing, so it imports nothing else.
"""

import json
import resource
import subprocess
import sys
import time


def main() -> None:
    """Run the command given as arguments and print what it took as JSON."""
    start = time.perf_counter()
    # The user's own command line, without a shell.
    done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    seconds = time.perf_counter() - start
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
    sys.stdout.write(json.dumps({"status": done.returncode, "seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    main()
