"""Whole processes as a peer: from starting one to its end, and how much memory it had at most."""
import os
import platform
import subprocess
import sys
import time

import protocol


def run(command):
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    code = os.waitstatus_to_exitcode(status)
    child.returncode = code
    if code != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {code}")
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return {"seconds": seconds, "peakBytes": usage.ru_maxrss * unit}


protocol.serve({"Python": platform.python_version()}, {"run": run})
