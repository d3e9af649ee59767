"""scikit-learn as a peer: k-means, k-means++, Gaussian mixtures, measures, neighbours, outlier detection."""
import time
import warnings

import protocol

try:
    import numpy as np
    import scipy
    import scipy.sparse
    import measures
    import models
    import outlier_detection
    import sklearn
    from sklearn.cluster import KMeans, MiniBatchKMeans, kmeans_plusplus
    from sklearn.mixture import GaussianMixture
    from threadpoolctl import threadpool_info
except ImportError as error:
    protocol.missing(error)

warnings.filterwarnings("ignore")

_sparse = {}


def matrix(x, layout="dense", dtype="float32"):
    """The data, in float32 (what scikit-learn is fastest with) unless told, dense or compressed by rows."""
    if layout == "dense":
        return protocol.read_array(x, dtype)
    key = (x, dtype)
    if key not in _sparse:
        _sparse[key] = scipy.sparse.csr_matrix(protocol.read_array(x, dtype))
    return _sparse[key]


def k_means(x, start, iterations, threads, tolerance=0, layout="dense", algorithm="lloyd", dtype="float32"):
    data = matrix(x, layout, dtype)
    init = protocol.read_array(start, "float32")
    model = KMeans(
        n_clusters=len(init), init=init, n_init=1, tol=tolerance, max_iter=iterations, algorithm=algorithm
    )
    with protocol.limit_threads(threads):
        _, seconds = protocol.timed(lambda: model.fit(data))
    return {
        "seconds": seconds,
        "iterations": int(model.n_iter_),
        "centroids": model.cluster_centers_.astype(float).ravel().tolist(),
    }


def k_means_starts(x, clusters, restarts, threads):
    data = matrix(x)
    model = KMeans(clusters, init="k-means++", n_init=restarts, tol=0, max_iter=1000, random_state=0)
    with protocol.limit_threads(threads):
        _, seconds = protocol.timed(lambda: model.fit(data))
    return {"seconds": seconds, "iterations": int(model.n_iter_)}


def mini_batch(data, threads, clusters, seed=0, **options):
    model = MiniBatchKMeans(clusters, batch_size=1024, random_state=seed, **options)
    with protocol.limit_threads(threads):
        _, seconds = protocol.timed(lambda: model.fit(data))
    return {"seconds": seconds, "iterations": int(model.n_steps_), "details": {"value": float(model.inertia_)}}


def mini_batch_steps(x, start, passes, seeds, threads):
    """The mean time of fits with several seeds, and the median of their inertias."""
    init = protocol.read_array(start, "float32")
    data = matrix(x)
    options = {"init": init, "n_init": 1, "max_iter": passes, "tol": 0, "max_no_improvement": None}
    fits = [mini_batch(data, threads, len(init), seed=seed, **options) for seed in range(seeds)]
    inertias = sorted(fit["details"]["value"] for fit in fits)
    seconds = sum(fit["seconds"] for fit in fits) / seeds
    return {**fits[0], "seconds": seconds, "details": {"value": inertias[seeds // 2]}}


def mini_batch_rule(x, clusters, threads):
    return mini_batch(matrix(x), threads, clusters, n_init=3)


def mini_batch_near(x, clusters, inertia, threads):
    """The first fit that ends at such an inertia: of one pass with one of ten seeds, of two, of four."""
    data = matrix(x)
    for passes in (1, 2, 4, 8, 16):
        for seed in range(10):
            options = {"n_init": 3, "max_iter": passes, "tol": 0, "max_no_improvement": None}
            measurement = mini_batch(data, threads, clusters, seed=seed, **options)
            if measurement["details"]["value"] <= inertia:
                return measurement
    raise ValueError(f"sixteen passes with ten seeds do not reach an inertia of {inertia}")


def fitted(x, start):
    data = matrix(x)
    init = protocol.read_array(start, "float32")
    model = KMeans(n_clusters=len(init), init=init, n_init=1, max_iter=1)
    return model.fit(data), data


def predict(x, start, threads):
    model, data = fitted(x, start)
    with protocol.limit_threads(threads):
        _, seconds = protocol.timed(lambda: model.predict(data))
    return {"seconds": seconds}


def transform(x, start, threads):
    model, data = fitted(x, start)
    with protocol.limit_threads(threads):
        _, seconds = protocol.timed(lambda: model.transform(data))
    return {"seconds": seconds}


def plus_plus(x, clusters, seed, threads, layout="dense"):
    data = matrix(x, layout)
    with protocol.limit_threads(threads):
        (centers, _), seconds = protocol.timed(
            lambda: kmeans_plusplus(data, clusters, random_state=seed)
        )
    if scipy.sparse.issparse(centers):
        centers = centers.toarray()
    return {"seconds": seconds, "centroids": centers.astype(float).ravel().tolist()}


def mixture_iterations(x, labels, components, iterations, threads, dtype="float32"):
    """EM alone: `fit` would run k-means even when it is given a start, so its steps are called as it calls them."""
    data = protocol.read_array(x, dtype)
    assigned = protocol.read_array(labels)
    responsibilities = np.zeros((len(data), components), dtype=dtype)
    responsibilities[np.arange(len(data)), assigned] = 1
    model = GaussianMixture(components, max_iter=iterations, tol=0)
    with protocol.limit_threads(threads):
        model._initialize(data, responsibilities)
        ends = []
        begin = time.perf_counter()
        for _ in range(iterations):
            log_likelihood, log_responsibilities = model._e_step(data)
            model._m_step(data, log_responsibilities)
            ends.append(time.perf_counter())
    return {
        "seconds": (ends[-1] - begin) / iterations,
        "iterations": iterations,
        "meanLogLikelihood": float(log_likelihood),
    }


def mixture_fit(x, labels, components, iterations, covariance, threads):
    """A fit from responsibilities, with the checks and steps that `fit` takes, in float32."""
    data = protocol.read_array(x, "float32")
    assigned = protocol.read_array(labels)
    responsibilities = np.zeros((len(data), components), dtype="float32")
    responsibilities[np.arange(len(data)), assigned] = 1
    model = GaussianMixture(components, covariance_type=covariance, max_iter=iterations, tol=0)

    def fit():
        checked = model._validate_data(data, dtype=[np.float64, np.float32], ensure_min_samples=2)
        model._initialize(checked, responsibilities)
        for _ in range(iterations):
            log_likelihood, log_responsibilities = model._e_step(checked)
            model._m_step(checked, log_responsibilities)
        return log_likelihood

    with protocol.limit_threads(threads):
        log_likelihood, seconds = protocol.timed(fit)
    return {"seconds": seconds, "meanLogLikelihood": float(log_likelihood)}


def mixture_scores(x, labels, components, covariance, threads):
    data = protocol.read_array(x, "float32")
    assigned = protocol.read_array(labels)
    responsibilities = np.zeros((len(data), components), dtype="float32")
    responsibilities[np.arange(len(data)), assigned] = 1
    model = GaussianMixture(components, covariance_type=covariance)
    model._initialize(data, responsibilities)
    with protocol.limit_threads(threads):
        scores, seconds = protocol.timed(lambda: model.score_samples(data))
    return {"seconds": seconds, "meanLogLikelihood": float(scores.mean(dtype="float64"))}


def mixture_sweep(fitted, scored, components, threads, dtype="float32"):
    """Fits every number of components and scores, as the experiment does."""
    data = protocol.read_array(fitted, dtype)
    others = [protocol.read_array(path, dtype) for path in scored]

    def sweep():
        total = 0
        best = None
        for count in components:
            model = GaussianMixture(count, random_state=0).fit(data)
            for other in others:
                scores = model.score_samples(other)
            model.bic(data)
            total += model.n_iter_
            best = float(scores.mean())
        return total, best

    with protocol.limit_threads(threads):
        (total, best), seconds = protocol.timed(sweep)
    return {"seconds": seconds, "iterations": int(total), "meanLogLikelihood": best}


protocol.serve(
    {
        "scikit-learn": sklearn.__version__,
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "BLAS": ", ".join(
            sorted({f"{pool['internal_api']} {pool['version']} {pool.get('architecture', '')}".strip()
                    for pool in threadpool_info() if pool["user_api"] == "blas"})
        ),
    },
    {
        "k-means": k_means,
        "k-means++": plus_plus,
        "k-means-starts": k_means_starts,
        "k-means-predict": predict,
        "k-means-transform": transform,
        "mini-batch-near": mini_batch_near,
        "mini-batch-rule": mini_batch_rule,
        "mini-batch-steps": mini_batch_steps,
        "mixture-fit": mixture_fit,
        "mixture-iterations": mixture_iterations,
        "mixture-scores": mixture_scores,
        "mixture-sweep": mixture_sweep,
        "bootstraps": measures.bootstraps,
        "components": models.components,
        "k-means-missing": models.k_means_missing,
        "mlp-predict": models.mlp_predict,
        "pair-measure": measures.pair,
        "silhouette": measures.silhouette,
        "neighbors": measures.neighbors,
        "prepare-outliers": outlier_detection.prepare,
        "outliers": outlier_detection.score,
    },
)
