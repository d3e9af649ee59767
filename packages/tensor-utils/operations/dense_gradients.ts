import * as tf from "@tensorflow/tfjs-core";
import type { Activation } from "@mixtape/operations";

// Outside a bundler, @tensorflow/tfjs-core comes without the gradients of its operations, and
// registering them is global. So the two functions that a step differentiates define their own
// gradients.

/** Computes activation(x·kernel + bias), with its gradients. */
export function dense(
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: Activation,
): tf.Tensor2D {
  const layer = tf.customGrad((...args) => {
    const [x, kernel, bias, save] = args as LayerArguments;
    const z = tf.add(tf.matMul(x, kernel), bias);
    save([x, kernel, z]);
    return { value: activate(z, activation), gradFunc: layerGradients(activation) };
  });
  return layer(x, kernel, bias) as tf.Tensor2D;
}

/**
 * Computes {@link dense} for the first layer, whose input needs no gradient, which saves the
 * costliest product of a step.
 */
export function denseOfData(
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: Activation,
): tf.Tensor2D {
  const layer = tf.customGrad((...args) => {
    const [kernel, bias, save] = args as [tf.Tensor2D, tf.Tensor1D, tf.GradSaveFunc];
    const z = tf.add(tf.matMul(x, kernel), bias);
    save([z]);
    const gradFunc = (dy: tf.Tensor, [z]: tf.Tensor[]): tf.Tensor[] => {
      const dz = beforeActivation(dy, z, activation);
      return [tf.matMul(x, dz as tf.Tensor2D, true, false), tf.sum(dz, 0)];
    };
    return { value: activate(z, activation), gradFunc };
  });
  return layer(kernel, bias) as tf.Tensor2D;
}

/** Computes the mean over rows of −Σ target·log softmax(logits), with its gradient. */
export function meanCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  const rows = logits.shape[0];
  const loss = tf.customGrad((...args) => {
    const [logits, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    const logSoftmax = tf.logSoftmax(logits);
    save([logSoftmax]);
    const value = tf.div(tf.neg(tf.sum(tf.mul(targets, logSoftmax))), rows);
    const gradFunc = (dy: tf.Tensor, [saved]: tf.Tensor[]): tf.Tensor =>
      tf.mul(dy, tf.div(tf.sub(tf.exp(saved), targets), rows));
    return { value, gradFunc };
  });
  return loss(logits) as tf.Scalar;
}

type LayerArguments = [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.GradSaveFunc];

function layerGradients(activation: Activation) {
  return (dy: tf.Tensor, [x, kernel, z]: tf.Tensor[]): tf.Tensor[] => {
    const dz = beforeActivation(dy, z, activation);
    return [tf.matMul(dz, kernel, false, true), tf.matMul(x, dz, true, false), tf.sum(dz, 0)];
  };
}

function activate(z: tf.Tensor, activation: Activation): tf.Tensor {
  if (activation === "relu") return tf.relu(z);
  return activation === "silu" ? tf.mul(z, tf.sigmoid(z)) : tf.clone(z);
}

/**
 * Computes the gradient before an activation from the gradient `dy` after it and its argument `z`.
 */
function beforeActivation(dy: tf.Tensor, z: tf.Tensor, activation: Activation): tf.Tensor {
  if (activation === "linear") return dy;
  if (activation === "relu") return tf.mul(dy, tf.step(z));
  const s = tf.sigmoid(z);
  return tf.mul(dy, tf.mul(s, tf.add(1, tf.mul(z, tf.sub(1, s)))));
}
