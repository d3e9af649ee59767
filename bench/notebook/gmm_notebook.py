import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.mixture import GaussianMixture

from .network import activations, train

sizes = {
    "quick": (20000, 3000, 4, 256, [1, 2, 5, 10]),
    "full": (60000, 10000, 20, 1024, range(1, 21)),
}


def run(mnist, fashion, profile):
    rows, test_rows, epochs, batch_size, components = sizes[profile]
    model = train(mnist.train[:rows], mnist.train_labels[:rows], epochs, batch_size, weight_decay=0.01)
    inside = activations(model, mnist.test[:test_rows])
    outside = activations(model, fashion.train[:rows])
    is_outside = np.r_[np.zeros(len(inside)), np.ones(len(outside))]
    aucs = []
    for count in components:
        mixture = GaussianMixture(count, random_state=0).fit(inside)
        scores = np.r_[mixture.score_samples(inside), mixture.score_samples(outside)]
        scores[: len(inside)].mean(), scores[: len(inside)].std()
        ((scores > np.median(scores)) == is_outside).mean()
        aucs.append(roc_auc_score(is_outside, scores))
    return f"best AUC as published {max(aucs):.3f}"
