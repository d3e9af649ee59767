"""Prints which kernel OpenBLAS chooses here, and what instructions the processor has, as JSON."""
import json

import numpy  # loads OpenBLAS  # noqa: F401
from threadpoolctl import threadpool_info

kernels = [pool.get("architecture") for pool in threadpool_info() if pool["internal_api"] == "openblas"]
try:
    with open("/proc/cpuinfo") as file:
        instructions = next((line.split(":")[1].split() for line in file if line.startswith("flags")), [])
except OSError:
    instructions = []
print(json.dumps({"kernel": kernels[0] if kernels else None, "instructions": instructions}))
