import * as tf from "@tensorflow/tfjs-core";
import { type Compute, matrix, sameAsCpu, wave } from "./testing/both_backends.ts";
import { guardMemory } from "./testing/guard_memory.ts";

guardMemory();

const positive = () => tf.add(tf.abs(wave([7, 13])), 0.1) as tf.Tensor2D;
const row = () => wave([13], 1, 1) as tf.Tensor1D;
const column = () => wave([7, 1], 1, 2) as tf.Tensor2D;
const boxes = () => wave([3, 5, 6]) as tf.Tensor3D;

const picture = () => wave([1, 6, 6, 2]) as tf.Tensor4D;

/** Each runs on both backends and must give the same values. */
const OPERATIONS: Readonly<Record<string, Compute>> = {
  add: () => tf.add(matrix(), wave([7, 13], 2, 1)),
  "add a row": () => tf.add(matrix(), row()),
  "add a column": () => tf.add(matrix(), column()),
  "add to a scalar": () => tf.add(tf.scalar(2), matrix()),
  "add an outer pair": () => tf.add(row(), column()),
  "add over three axes": () => tf.add(boxes(), wave([5, 1])),
  "add integers": () => tf.add(tf.tensor1d([1, 2], "int32"), tf.tensor1d([3, 4], "int32")),
  "add to nothing": () => tf.add(tf.zeros([0, 3]), tf.zeros([0, 3])),
  subtract: () => tf.sub(row(), matrix()),
  multiply: () => tf.mul(column(), matrix()),
  divide: () => tf.div(matrix(), positive()),
  "divide by zero": () => tf.div(tf.tensor1d([1, -1, 0, 5]), tf.zeros([4])),
  maximum: () => tf.maximum(matrix(), row()),
  minimum: () => tf.minimum(matrix(), 0.25),
  "squared difference": () => tf.squaredDifference(matrix(), row()),
  power: () => tf.pow(positive(), 2.5),
  relu: () => tf.relu(matrix()),
  relu6: () => tf.relu6(wave([40], 9)),
  "leaky relu": () => tf.leakyRelu(matrix(), 0.3),
  prelu: () => tf.prelu(matrix(), wave([1, 13]) as tf.Tensor2D),
  elu: () => tf.elu(matrix()),
  selu: () => tf.selu(matrix()),
  sigmoid: () => tf.sigmoid(wave([101], 30)),
  tanh: () => tf.tanh(wave([101], 3)),
  softplus: () => tf.softplus(matrix()),
  exp: () => tf.exp(wave([101], 80)),
  log: () => tf.log(positive()),
  negate: () => tf.neg(matrix()),
  absolute: () => tf.abs(matrix()),
  square: () => tf.square(matrix()),
  "square root": () => tf.sqrt(positive()),
  "reciprocal square root": () => tf.rsqrt(positive()),
  reciprocal: () => tf.reciprocal(positive()),
  step: () => tf.step(tf.tensor1d([-1, 0, 1, NaN, 2]), 0.5),
  clip: () => tf.clipByValue(matrix(), -0.3, 0.4),
  sum: () => tf.sum(matrix()),
  "sum of rows": () => tf.sum(matrix(), 1),
  "sum of columns": () => tf.sum(matrix(), 0, true),
  "sum over outer axes": () => tf.sum(boxes(), [0, 1]),
  "sum over a middle axis": () => tf.sum(boxes(), 1),
  "sum of integers": () => tf.sum(tf.tensor1d([1, 2, 3], "int32")),
  "sum of nothing": () => tf.sum(tf.zeros([3, 0]), 1),
  mean: () => tf.mean(matrix()),
  "mean of columns": () => tf.mean(matrix(), 0),
  max: () => tf.max(matrix(), 1, true),
  "max of columns": () => tf.max(matrix(), 0),
  "max with NaN": () => tf.max(tf.tensor2d([1, NaN, 2, 3, 4, 5, 6, 7, 8, 1], [2, 5]), 1),
  min: () => tf.min(matrix(), 1),
  "argument of the maximum": () => tf.argMax(matrix(), 1),
  "log-sum-exp": () => tf.logSumExp(matrix(), 1),
  softmax: () => tf.softmax(matrix()),
  "log-softmax": () => tf.logSoftmax(wave([5, 10], 50)),
  "matrix product": () => tf.matMul(matrix(), wave([13, 9])),
  "product of transposes": () => tf.matMul(matrix(), wave([9, 7]), true, true),
  "batched product": () => tf.matMul(boxes(), wave([3, 6, 4])),
  "broadcast product": () => tf.matMul(boxes(), wave([1, 6, 4])),
  "product of integers": () => tf.matMul(tf.ones([2, 3], "int32"), tf.ones([3, 2], "int32")),
  "vector times matrix": () => tf.dot(row(), wave([13, 4])),
  transpose: () => tf.transpose(matrix()),
  "transpose three axes": () => tf.transpose(boxes(), [2, 0, 1]),
  "transpose the last axes": () => tf.transpose(boxes(), [0, 2, 1]),
  gather: () => tf.gather(matrix(), tf.tensor1d([6, 0, 3, 3], "int32")),
  "gather columns": () => tf.gather(matrix(), tf.tensor1d([1, 12], "int32"), 1),
  slice: () => tf.add(tf.slice(tf.add(matrix(), 1), [2, 0], [3, 13]), 1),
  reshape: () => tf.add(tf.reshape(tf.add(matrix(), 1), [13, 7]), 1),
  concat: () => tf.concat([tf.add(matrix(), 1), matrix()], 0),
  stack: () => tf.stack([tf.add(matrix(), 1), matrix()]),
  unstack: () => tf.unstack(tf.add(matrix(), 1))[3],
  split: () => tf.split(tf.add(wave([6, 4]), 1), 3)[1],
  pad: () => tf.pad(tf.add(matrix(), 1), [[1, 1], [0, 2]]),
  tile: () => tf.tile(tf.add(matrix(), 1), [2, 1]),
  reverse: () => tf.reverse(tf.add(matrix(), 1), 1),
  cast: () => tf.cast(tf.mul(matrix(), 10), "int32"),
  "cast and compute": () => tf.add(tf.cast(tf.tensor1d([1, 2], "int32"), "float32"), 0.5),
  greater: () => tf.greater(tf.add(matrix(), 0), row()),
  where: () => tf.where(tf.greater(matrix(), 0), tf.add(matrix(), 1), tf.zeros([7, 13])),
  "one-hot": () => tf.mul(tf.oneHot(tf.tensor1d([1, 0, 2], "int32"), 3), 2),
  "cumulative sum": () => tf.cumsum(tf.add(matrix(), 1), 1),
  "top k": () => tf.topk(tf.add(matrix(), 1), 3).values,
  "segment sum": () =>
    tf.unsortedSegmentSum(tf.add(matrix(), 1), tf.tensor1d([0, 1, 0, 2, 1, 0, 2], "int32"), 3),
  "two-dimensional convolution": () =>
    tf.conv2d(picture(), wave([3, 3, 2, 4]) as tf.Tensor4D, 1, "same"),
  "max pooling": () => tf.maxPool(tf.add(picture(), 1), 2, 2, "valid"),
  "batch normalization": () => tf.batchNorm(matrix(), row(), tf.abs(row()), row(), row()),
  "complex numbers": () => tf.real(tf.fft(tf.complex(wave([8]), wave([8], 1, 3)))),
  norm: () => tf.norm(matrix(), 2, 1),
  moments: () => tf.moments(matrix(), 0).variance,
  "sign and rounding": () => [tf.sign(matrix()), tf.round(wave([40], 9)), tf.ceil(wave([40], 9))],
  "floored division": () => tf.floorDiv(wave([40], 9), tf.scalar(2)),
  remainder: () => tf.mod(wave([40], 9), tf.scalar(2.5)),
  trigonometry:
    () => [tf.sin(matrix()), tf.cos(matrix()), tf.tan(matrix()), tf.atan2(matrix(), row())],
  "hyperbolic functions": () => [tf.sinh(matrix()), tf.cosh(matrix()), tf.asinh(matrix())],
  "error function": () => tf.erf(wave([40], 2)),
  "near one and zero": () => [tf.log1p(positive()), tf.expm1(matrix())],
  "finite or not": () => {
    const x = tf.div(tf.tensor1d([1, 0, -1, 2]), tf.tensor1d([0, 0, 0, 1]));
    return [tf.isNaN(x), tf.isInf(x), tf.isFinite(x)];
  },
  logic: () => {
    const [a, b] = [tf.greater(matrix(), 0), tf.less(matrix(), row())];
    return [tf.logicalAnd(a, b), tf.logicalOr(a, b), tf.logicalNot(a), tf.all(a, 1), tf.any(b, 0)];
  },
  equality: () => [tf.equal(matrix(), matrix()), tf.notEqual(matrix(), row())],
  "argument of the minimum": () => tf.argMin(tf.add(matrix(), 1), 0),
  product: () => tf.prod(positive(), 1),
  "cumulative product": () => tf.cumprod(positive(), 1),
  "Einstein's sum": () => tf.einsum("ij,jk->ki", matrix(), wave([13, 4])),
  "outer product": () => tf.outerProduct(row(), wave([5]) as tf.Tensor1D),
  "strided slice": () => tf.stridedSlice(tf.add(matrix(), 1), [0, 1], [7, 13], [2, 3]),
  "gather by pairs": () =>
    tf.gatherND(tf.add(matrix(), 1), tf.tensor2d([0, 2, 6, 12], [2, 2], "int32")),
  scatter: () => tf.scatterND(tf.tensor2d([4, 1], [2, 1], "int32"), wave([2, 3]), [6, 3]),
  "unique values": () => tf.unique(tf.tensor1d([1, 1, 2, 4, 4, 8])).values,
  "mirrored padding": () => tf.mirrorPad(tf.add(matrix(), 1), [[1, 1], [2, 2]], "reflect"),
  "depthwise convolution": () =>
    tf.depthwiseConv2d(picture(), wave([3, 3, 2, 2]) as tf.Tensor4D, 1, "same"),
  "transposed convolution": () =>
    tf.conv2dTranspose(picture(), wave([3, 3, 4, 2]) as tf.Tensor4D, [1, 6, 6, 4], 1, "same"),
  "fused convolution": () =>
    tf.fused.conv2d({
      ...{ x: picture(), filter: wave([3, 3, 2, 4]) as tf.Tensor4D, strides: 2, pad: "valid" },
      ...{ bias: wave([4]) as tf.Tensor1D, activation: "relu" },
    }),
  "average pooling": () => tf.avgPool(picture(), 3, 1, "same"),
  "resized picture": () => tf.image.resizeBilinear(picture(), [4, 9]),
  "flipped picture": () => tf.image.flipLeftRight(tf.add(picture(), 1) as tf.Tensor4D),
  "Gram–Schmidt": () => tf.linalg.gramSchmidt(wave([4, 6], 1, 1) as tf.Tensor2D) as tf.Tensor2D,
  "lower band": () => tf.linalg.bandPart(matrix(), -1, 0),
  "confusion matrix": () =>
    tf.math.confusionMatrix(
      tf.tensor1d([0, 1, 2, 1], "int32"),
      tf.tensor1d([0, 2, 2, 1], "int32"),
      3,
    ),
};

sameAsCpu("results", OPERATIONS);
