"""From starting Python to predictions of 1,000 rows."""
import sys

import numpy as np
import torch
from torch import nn

images, classes = (np.load(path) for path in sys.argv[1:])
x = torch.from_numpy(images.astype(np.float32) / 255)
y = torch.from_numpy(classes.astype(np.int64))
model = nn.Sequential(
    nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 50), nn.Linear(50, 25), nn.SiLU(), nn.Linear(25, 10)
)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for rows in torch.randperm(len(x)).split(1024):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
    optimizer.step()
sys.exit(0 if (model(x).argmax(1) == y).float().mean() > 0 else 1)
