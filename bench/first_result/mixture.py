"""From starting Python to a mixture of 1,000 rows."""
import sys

import numpy as np
from sklearn.mixture import GaussianMixture

model = GaussianMixture(3, random_state=0).fit(np.load(sys.argv[1]).astype(np.float32))
sys.exit(0 if model.n_iter_ > 0 else 1)
