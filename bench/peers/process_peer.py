"""Whole processes as a peer: from starting one to its end, and how much memory it had at most."""
import os
import platform
import subprocess
import sys
import tempfile
import time

import protocol


def run(command):
    # Files, as nobody reads a pipe while the process is waited for.
    with tempfile.TemporaryFile("w+") as errors:
        begin = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            errors.seek(0)
            said = " ".join(errors.read().split())[:400]
            raise RuntimeError(f"{command[0]} ended with {child.returncode}: {said}")
    # Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return {"seconds": seconds, "peakBytes": usage.ru_maxrss * unit}


protocol.serve({"Python": platform.python_version()}, {"run": run})
