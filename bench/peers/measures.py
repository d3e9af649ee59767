"""Measures of labels and scores, silhouettes, and neighbours: scikit-learn's."""
import numpy as np
from sklearn import metrics
from sklearn.metrics.cluster import contingency_matrix
from sklearn.neighbors import NearestNeighbors

import protocol


def of_scores(measure):
    def measured(inside, outside):
        known = np.r_[np.ones(len(inside), int), np.zeros(len(outside), int)]
        scores = np.r_[inside, outside]
        return protocol.timed(lambda: measure(known, scores))

    return measured


def of_labels(measure):
    return lambda classes, labels: protocol.timed(lambda: measure(classes, labels))


def squares_of_table(classes, labels):
    return (contingency_matrix(classes, labels).astype(float) ** 2).sum()


PAIRS = {
    "adjusted mutual information": ("int32", of_labels(metrics.adjusted_mutual_info_score)),
    "adjusted Rand index": ("int32", of_labels(metrics.adjusted_rand_score)),
    "contingency table": ("int32", of_labels(squares_of_table)),
    "normalized mutual information": ("int32", of_labels(metrics.normalized_mutual_info_score)),
    "AUROC": ("float64", of_scores(metrics.roc_auc_score)),
    "average precision": ("float64", of_scores(metrics.average_precision_score)),
}


def pair(measure, first, second, threads):
    dtype, compute = PAIRS[measure]
    with protocol.limit_threads(threads):
        value, seconds = compute(protocol.read_array(first, dtype), protocol.read_array(second, dtype))
    return {"seconds": seconds, "details": {"value": float(value)}}


def bootstraps(inside, outside, resamples, threads):
    """The AUROC alone, of rows drawn from either set."""
    of_id, of_ood = (protocol.read_array(path, "float64") for path in (inside, outside))
    known = np.r_[np.ones(len(of_id), int), np.zeros(len(of_ood), int)]
    source = np.random.default_rng(0)

    def drawn():
        return np.r_[source.choice(of_id, len(of_id)), source.choice(of_ood, len(of_ood))]

    with protocol.limit_threads(threads):
        values, seconds = protocol.timed(
            lambda: [metrics.roc_auc_score(known, drawn()) for _ in range(resamples)]
        )
    return {"seconds": seconds, "details": {"value": float(np.std(values, ddof=1))}}


def silhouette(x, labels, threads):
    data = protocol.read_array(x, "float32")
    clusters = protocol.read_array(labels, "int32")
    with protocol.limit_threads(threads):
        value, seconds = protocol.timed(lambda: metrics.silhouette_score(data, clusters))
    return {"seconds": seconds, "details": {"value": float(value)}}


def neighbors(x, queries, k, threads):
    model = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(protocol.read_array(x, "float32"))
    asked = protocol.read_array(queries, "float32")
    with protocol.limit_threads(threads):
        (distances, _), seconds = protocol.timed(lambda: model.kneighbors(asked))
    return {"seconds": seconds, "details": {"value": float(distances[:, -1].sum())}}
