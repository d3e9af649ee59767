"""Outlier detection: the data and splits that all peers share, and scikit-learn's detectors."""
import json

import numpy as np
from sklearn.covariance import EllipticEnvelope
from sklearn.datasets import (
    load_breast_cancer,
    load_digits,
    load_iris,
    load_wine,
    make_blobs,
    make_circles,
    make_classification,
    make_moons,
)
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import LocalOutlierFactor
from sklearn.preprocessing import StandardScaler

import protocol

def bunch(load):
    data = load()
    return data.data, data.target


def among_uniform(x):
    """Rows of a made set as class 0, and as class 1 rows drawn evenly from the box around them."""
    low, high = x.min(axis=0), x.max(axis=0)
    uniform = np.random.RandomState(7).uniform(low - (high - low) / 4, high + (high - low) / 4, (300, x.shape[1]))
    return np.r_[x, uniform], np.repeat([0, 1], [len(x), 300])


# The classes that are ordinary in turn; those of breast cancer are malignant (0) and benign (1).
SETS = {
    "breast cancer": (lambda: bunch(load_breast_cancer), [1]),
    "wine": (lambda: bunch(load_wine), [0, 1, 2]),
    "digits": (lambda: bunch(load_digits), list(range(10))),
    "iris": (lambda: bunch(load_iris), [0, 1, 2]),
    "moons": (lambda: among_uniform(make_moons(400, noise=0.1, random_state=0)[0]), [0]),
    "blobs": (lambda: among_uniform(make_blobs(400, n_features=5, centers=4, random_state=1)[0]), [0]),
    "circles": (lambda: make_circles(500, noise=0.05, factor=0.5, random_state=0), [0, 1]),
    "classification": (
        lambda: make_classification(1000, n_features=20, n_informative=8, n_classes=4, random_state=3),
        [0, 1, 2, 3],
    ),
}

DETECTORS = {
    "isolation forest": lambda seed: IsolationForest(random_state=seed),
    "LOF": lambda seed: LocalOutlierFactor(novelty=True),
    "elliptic envelope": lambda seed: EllipticEnvelope(random_state=seed),
}


def prepare(names, out, folder, seeds, contamination, threads=None):
    """Writes the arrays, and splits by seed: 60% of the ordinary rows to fit, the rest and all odd ones to score."""
    sets = []
    for name in names:
        load, classes = SETS[name]
        x, target = load()
        path = f"{folder}/outliers-{name.replace(' ', '-')}.npy"
        np.save(path, np.ascontiguousarray(x, dtype="<f8"))
        splits = []
        for ordinary in classes:
            inside = np.flatnonzero(target == ordinary)
            outside = np.flatnonzero(target != ordinary)
            for seed in range(seeds):
                source = np.random.RandomState(seed)
                inside = source.permutation(inside)
                outside = source.permutation(outside)
                count = round(0.6 * len(inside))
                hidden = round(contamination * count / (1 - contamination))
                splits.append({
                    "fitted": np.r_[inside[:count], outside[:hidden]].tolist(),
                    "heldOut": inside[count:].tolist(),
                    "odd": outside[hidden:].tolist(),
                    "seed": seed,
                })
        sets.append({"name": name, "x": path, "splits": splits})
    with open(out, "w") as file:
        json.dump(sets, file)
    return {"seconds": 0}


def score(file, detector, standardized, threads):
    """Mean AUROC of a detector on each set."""
    with open(file) as opened:
        sets = json.load(opened)

    def all_sets():
        details = {}
        for each in sets:
            x = protocol.read_array(each["x"])
            details[each["name"]] = float(np.mean([auroc(x, split) for split in each["splits"]]))
        return details

    def auroc(x, split):
        fitted, held_out, odd = (x[split[part]] for part in ("fitted", "heldOut", "odd"))
        if standardized:
            scaler = StandardScaler().fit(fitted)
            fitted, held_out, odd = map(scaler.transform, (fitted, held_out, odd))
        model = DETECTORS[detector](split["seed"]).fit(fitted)
        scores = np.r_[model.score_samples(held_out), model.score_samples(odd)]
        return roc_auc_score(np.r_[np.zeros(len(held_out)), np.ones(len(odd))], -scores)

    with protocol.limit_threads(threads):
        details, seconds = protocol.timed(all_sets)
    return {"seconds": seconds, "details": details}
