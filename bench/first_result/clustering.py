"""From starting Python to clusters of 1,000 rows."""
import sys

import numpy as np
from sklearn.cluster import KMeans

model = KMeans(10, n_init=1, random_state=0).fit(np.load(sys.argv[1]).astype(np.float32))
sys.exit(0 if model.inertia_ > 0 else 1)
