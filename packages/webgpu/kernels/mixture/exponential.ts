/** Coefficients of the exponential, from the highest on: 1/13!, …, 1/2!, 1, 1. */
const coefficients = Array.from({ length: 14 }, (_, at) => 1 / factorial(13 - at));

/**
 * WGSL of exp(x) of x ≤ 0, which is 0 where float64 has no normal number, and of log(x) of x ≥ 1:
 * the functions that WGSL has are of float32.
 */
export const exponential = `
fn exponential(x: f64) -> f64 {
  if (x < -708.0lf) { return 0.0lf; }
  let n = round(x * ${literal(Math.LOG2E)});
  let r = (x - n * 0.693147180369123816490lf) - n * 1.90821492927058770002e-10lf;
  var sum = ${literal(coefficients[0])};
  ${coefficients.slice(1).map((value) => `sum = sum * r + ${literal(value)};`).join("\n  ")}
  // 2ⁿ, whose exponent float32 does not hold, from its sixteenth root.
  let power = i32(n);
  let part = power >> 4u;
  let root = f64(bitcast<f32>(u32(part + 127) << 23u));
  let square = root * root;
  let fourth = square * square;
  let eighth = fourth * fourth;
  let rest = f64(bitcast<f32>(u32(power - 16 * part + 127) << 23u));
  return sum * rest * eighth * eighth;
}

fn logarithm(x: f64) -> f64 {
  let near = f64(log(f32(x)));
  let inverse = x * exponential(-near);
  // One step of Halley's method, which triples the digits.
  return near + 2.0lf * (inverse - 1.0lf) / (inverse + 1.0lf);
}`;

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** Writes a number as WGSL of float64 does. */
function literal(value: number): string {
  return `${value.toExponential()}lf`;
}
