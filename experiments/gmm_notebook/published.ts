/** The output of the notebook of the original exercise. */
export const published = {
  classifierAccuracy: 0.9672,
  bestComponents: 20,
  inDistribution: { mean: 5.20, standardDeviation: 10.72 },
  outOfDistribution: { mean: -14.39, standardDeviation: 13.58 },
  bestAccuracy: { value: 0.46, components: 1 },
  bestAuc: { value: 0.40, components: 1 },
};
