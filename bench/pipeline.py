"""The experiments' computing as one writes it in a notebook: scikit-learn, PyTorch, NumPy, their defaults.

    pipeline.py PROFILE EXPERIMENTS mnist-images mnist-labels mnist-test mnist-test-labels fashion-images …

EXPERIMENTS are the ids of `deno task experiments`, with commas between them. Nothing is drawn or written:
this is what the numbers of the report take.
"""
import sys
import time
import warnings

import numpy as np
import torch

from notebook import classifier, data, derivations, gmm_notebook, gmm_ood, kmeans_init, kmeans_missing

warnings.filterwarnings("ignore")

experiments = {
    "data": data.run,
    "kmeans-init": kmeans_init.run,
    "kmeans-missing": kmeans_missing.run,
    "classifier": classifier.run,
    "gmm-notebook": gmm_notebook.run,
    "gmm-ood": gmm_ood.run,
    "derivations": derivations.run,
}


class Images:
    """A data set in its two splits, 8-bit as it comes."""

    def __init__(self, paths):
        self.train, self.train_labels, self.test, self.test_labels = (np.load(path) for path in paths)
        self.train_labels = self.train_labels.astype(np.int64)
        self.test_labels = self.test_labels.astype(np.int64)


profile, chosen, *paths = sys.argv[1:]
mnist, fashion = Images(paths[:4]), Images(paths[4:])
torch.manual_seed(0)
for name in chosen.split(","):
    begin = time.perf_counter()
    said = experiments[name](mnist, fashion, profile)
    print(f"{name}: {time.perf_counter() - begin:.1f} s, {said}", flush=True)
