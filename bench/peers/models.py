"""PCA, k-means after imputation and predictions of networks: scikit-learn's."""
import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline

import protocol


def components(x, components, threads):
    data = protocol.read_array(x, "float32")
    model = PCA(components, random_state=0)
    with protocol.limit_threads(threads):
        _, seconds = protocol.timed(lambda: model.fit_transform(data))
    return {"seconds": seconds, "details": {"value": float(model.explained_variance_.sum(dtype="float64"))}}


def k_means_missing(x, start, iterations, threads):
    data = protocol.read_array(x, "float32")
    init = protocol.read_array(start, "float32")
    model = KMeans(n_clusters=len(init), init=init, n_init=1, tol=0, max_iter=iterations)
    pipeline = make_pipeline(SimpleImputer(), model)
    with protocol.limit_threads(threads):
        _, seconds = protocol.timed(lambda: pipeline.fit(data))
    return {"seconds": seconds, "iterations": int(model.n_iter_), "details": {"value": float(model.inertia_)}}


def mlp_predict(x, weights, layers, threads):
    """The network is fitted to few rows, so that it has all it needs, and then given the weights."""
    data = protocol.read_array(x, "float32")
    *hidden, last = (layer["units"] for layer in layers)
    model = MLPClassifier(hidden, max_iter=1).fit(data[: 10 * last], np.arange(10 * last) % last)
    sizes = [data.shape[1], *hidden, last]
    kernels, biases = (
        [protocol.read_array(path, "float32") for path in weights[part::2]] for part in (0, 1)
    )
    model.coefs_ = [kernel.reshape(pair) for kernel, pair in zip(kernels, zip(sizes, sizes[1:]))]
    model.intercepts_ = biases
    with protocol.limit_threads(threads):
        classes, seconds = protocol.timed(lambda: model.predict(data))
    return {"seconds": seconds, "details": {"value": float(classes.sum())}}
