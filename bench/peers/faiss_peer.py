"""faiss as a peer: k-means."""
import protocol

try:
    import faiss
    import numpy as np
except ImportError as error:
    protocol.missing(error)


def k_means(x, start, iterations, threads, tolerance=0):
    """faiss knows no convergence: it is given the number of iterations after which nothing changes."""
    data = protocol.read_array(x, "float32")
    init = protocol.read_array(start, "float32")
    faiss.omp_set_num_threads(threads)
    model = faiss.Kmeans(
        data.shape[1], len(init), niter=iterations, max_points_per_centroid=len(data), min_points_per_centroid=1
    )
    with protocol.limit_threads(threads):
        _, seconds = protocol.timed(lambda: model.train(data, init_centroids=init))
    return {
        "seconds": seconds,
        "iterations": iterations,
        "centroids": model.centroids.astype(float).ravel().tolist(),
    }


protocol.serve({"faiss": faiss.__version__, "numpy": np.__version__}, {"k-means": k_means})
