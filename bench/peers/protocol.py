"""The side of the protocol that runs in a Python peer: a work a line, an answer a line."""
import contextlib
import json
import os
import sys
import time

# Libraries may print: what they print goes to stderr, answers go out on the stdout there was.
_answers = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)

_arrays = {}


def answer(**line):
    _answers.write(json.dumps(line, allow_nan=False) + "\n")


def missing(error):
    """Tells that this peer is not installed, and ends."""
    answer(missing=str(error))
    sys.exit(0)


def serve(versions, works):
    """Does works until the input ends."""
    answer(ready=versions)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer(result=works[request["work"]](**request["args"]))
        except Exception as error:  # whatever went wrong is the answer
            answer(error=f"{type(error).__name__}: {error}")


def read_array(path, dtype=None):
    """Reads an array once, as the type that suits the peer best, so that no run pays for reading."""
    import numpy as np

    key = (path, dtype)
    if key not in _arrays:
        array = np.load(path)
        _arrays[key] = array if dtype is None else np.ascontiguousarray(array, dtype=dtype)
    return _arrays[key]


def timed(action):
    """The result of an action, and how many seconds it took."""
    begin = time.perf_counter()
    result = action()
    return result, time.perf_counter() - begin


def limit_threads(threads):
    """Sets the threads of OpenMP and BLAS within a `with` block, where threadpoolctl is there to do it."""
    try:
        from threadpoolctl import threadpool_limits
    except ImportError:
        return contextlib.nullcontext()
    return threadpool_limits(threads)
