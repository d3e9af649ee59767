import numpy as np


def run(mnist, fashion, profile):
    densities = []
    for images in (mnist, fashion):
        for labels in (images.train_labels, images.test_labels):
            np.bincount(labels, minlength=10)
        densities.append((images.train != 0).mean())
        [images.train[images.train_labels == label].mean(axis=0) for label in range(10)]
    return f"densities {np.round(densities, 3)}"
