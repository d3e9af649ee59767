import numpy as np
import torch
from sklearn.metrics import confusion_matrix

from .network import accuracy, logits, train

sizes = {"quick": (20000, 4, 256), "full": (60000, 20, 1024)}


def run(mnist, _, profile):
    rows, epochs, batch_size = sizes[profile]
    history = []
    model = train(
        mnist.train[:rows],
        mnist.train_labels[:rows],
        epochs,
        batch_size,
        after_epoch=lambda model: history.append(accuracy(model, mnist.test, mnist.test_labels)),
    )
    probabilities = torch.softmax(logits(model, mnist.test), 1).numpy()
    predicted = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    confusion_matrix(mnist.test_labels, predicted)
    right = predicted == mnist.test_labels
    np.argsort(-confidence[~right])[:30]
    bins = np.minimum((confidence * 15).astype(int), 14)
    error = sum(
        (bins == b).mean() * abs(right[bins == b].mean() - confidence[bins == b].mean())
        for b in range(15)
        if (bins == b).any()
    )
    return f"accuracy {history[-1]:.4f}, calibration error {error:.4f}"
