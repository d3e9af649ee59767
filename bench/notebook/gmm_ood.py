import numpy as np
import torch
from sklearn.metrics import average_precision_score, roc_auc_score, roc_curve
from sklearn.mixture import GaussianMixture

from .network import accuracy, activations, logits, train

sizes = {
    "quick": (20000, 5000, 4, 256, [1, 2, 5, 10]),
    "full": (60000, 10000, 20, 1024, range(1, 21)),
}


def separation(inside, outside):
    is_inside = np.r_[np.ones(len(inside)), np.zeros(len(outside))]
    scores = np.r_[inside, outside]
    false_accepted, accepted, _ = roc_curve(is_inside, scores)
    return (
        roc_auc_score(is_inside, scores),
        average_precision_score(is_inside, scores),
        average_precision_score(1 - is_inside, -scores),
        false_accepted[np.searchsorted(accepted, 0.95)],
    )


def effective_rank(x):
    values = np.linalg.svd(x - x.mean(axis=0), compute_uv=False)
    shares = values / values.sum()
    shares = shares[shares > 0]
    return np.exp(-(shares * np.log(shares)).sum())


def run(mnist, fashion, profile):
    rows, test_rows, epochs, batch_size, components = sizes[profile]
    fitted_rows = rows - rows // 10
    images = mnist.train[:rows]
    inside_images, outside_images = mnist.test[:test_rows], fashion.test[:test_rows]
    best = []
    for weight_decay in (0, 1e-4, 1e-3, 1e-2):
        model = train(images[:fitted_rows], mnist.train_labels[:fitted_rows], epochs, batch_size, weight_decay)
        accuracy(model, inside_images, mnist.test_labels[:test_rows])
        fitted, held_out = activations(model, images[:fitted_rows]), activations(model, images[fitted_rows:])
        inside, outside = activations(model, inside_images), activations(model, outside_images)
        effective_rank(fitted)
        by_components = []
        for count in components:
            try:
                mixture = GaussianMixture(count, random_state=0).fit(fitted)
            except ValueError:  # a component collapsed
                continue
            scores = mixture.score_samples(inside), mixture.score_samples(outside)
            mixture.score(held_out)
            by_components.append((mixture.bic(fitted), *separation(*scores)))
            np.histogram(np.concatenate(scores), 100)
        softmax = [torch.softmax(logits(model, x), 1).max(1).values.numpy() for x in (inside_images, outside_images)]
        separation(*softmax)
        best.append(min(by_components)[1])
    return f"AUROC by decay {np.round(best, 3)}"
