"""scikit-learn's MiniBatchKMeans.partial_fit over the blocks of an NPY file, for bench/beyond_memory.ts.

Prints processor time per row and the largest memory of the process: partial_fit.py FILE CLUSTERS
"""
import json
import resource
import sys

import numpy
from sklearn.cluster import MiniBatchKMeans

path, clusters = sys.argv[1], int(sys.argv[2])
header = numpy.lib.format
with open(path, "rb") as file:
    version = header.read_magic(file)
    (rows, columns), _, dtype = header.read_array_header_1_0(file)
    model = MiniBatchKMeans(n_clusters=clusters, random_state=0, n_init=1)
    block_rows = 2**21 // columns
    start = resource.getrusage(resource.RUSAGE_SELF)
    while True:
        block = numpy.fromfile(file, dtype=dtype, count=block_rows * columns)
        if block.size == 0:
            break
        model.partial_fit(block.reshape(-1, columns))
end = resource.getrusage(resource.RUSAGE_SELF)
seconds = end.ru_utime - start.ru_utime + end.ru_stime - start.ru_stime
print(json.dumps({"rows": rows, "microsecondsPerRow": 1e6 * seconds / rows, "peakMiB": end.ru_maxrss / 1024}))
