import { unrolled } from "../wgsl.ts";
import { BLOCK_ROWS, type FactorKind, ROWS_PER_THREAD, THREADS } from "./frame.ts";

const rows = (code: (r: number) => string) => unrolled(ROWS_PER_THREAD, code);

/** WGSL that reads four columns of a factor. */
function columns(name: string, at: string): string {
  return unrolled(4, (c) => `let ${name}${c} = terms[${at} + ${c}u];`);
}

/** WGSL of four columns of a factor times four columns of row `r`. */
function product(name: string, r: number): string {
  return ["x", "y", "z", "w"].map((part, c) => `${name}${c} * u${r}.${part}`).join(" + ");
}

/** WGSL that whitens a thread's rows under component `c`: `square0`, `square1`, … are |W(x − mean)|². */
const squares: Readonly<Record<FactorKind, string>> = {
  matrix: `
    // Two groups of four rows of the factor at a time, so that a row of the data is read once for both.
    for (var i = (frame.inner - 1u) % 2u; i < frame.inner; i += 2u) {
      let upper = factor + 2u * i * (max(i, 1u) - 1u);
      let lower = factor + 2u * i * (i + 1u);
      ${rows((r) => `var y${r} = vec4<f64>(); var z${r} = vec4<f64>();`)}
      for (var q = 0u; q < i; q++) {
        let mean = terms[record + 1u + q];
        ${columns("a", "upper + 4u * q")}
        ${columns("b", "lower + 4u * q")}
        ${
    rows((r) =>
      `let u${r} = vec4<f64>(x[start + q * ${BLOCK_ROWS}u + ${r * THREADS}u]) - mean;
        y${r} += ${product("a", r)};
        z${r} += ${product("b", r)};`
    )
  }
      }
      let mean = terms[record + 1u + i];
      ${columns("b", "lower + 4u * i")}
      ${
    rows((r) =>
      `let u${r} = vec4<f64>(x[start + i * ${BLOCK_ROWS}u + ${r * THREADS}u]) - mean;
      z${r} += ${product("b", r)};
      square${r} += dot(y${r}, y${r});
      square${r} += dot(z${r}, z${r});`
    )
  }
    }`,
  diagonal: `
    for (var q = 0u; q < frame.inner; q++) {
      let mean = terms[record + 1u + q];
      let w = terms[factor + q];
      ${
    rows((r) =>
      `let y${r} = w * (vec4<f64>(x[start + q * ${BLOCK_ROWS}u + ${r * THREADS}u]) - mean);
      square${r} += dot(y${r}, y${r});`
    )
  }
    }`,
};

/**
 * WGSL that computes the shares of a block's rows: `shares` of its components are probabilities,
 * from `held` on, and `density0`, `density1`, … log-densities of the thread's rows. What lies below
 * `frame.least` counts as 0.
 */
export function expectation(factors: FactorKind): string {
  return `
  let start = block * frame.quads * ${BLOCK_ROWS}u + t;
  ${rows((r) => `var largest${r} = 0.0lf;`)}
  for (var c = 0u; c < frame.components; c++) {
    let record = c * (2u * frame.quads + 1u);
    let factor = frame.factors + c * frame.stride;
    ${rows((r) => `var square${r} = 0.0lf;`)}
    ${squares[factors]}
    let constant = terms[record].x;
    ${
    rows((r) =>
      `let joint${r} = constant - 0.5lf * square${r};
    shares[held + c * ${BLOCK_ROWS}u + ${r * THREADS}u] = joint${r};
    largest${r} = select(max(largest${r}, joint${r}), joint${r}, c == 0u);`
    )
  }
  }
  let least = f64(frame.least);
  ${rows((r) => `var total${r} = 0.0lf;`)}
  for (var c = 0u; c < frame.components; c++) {
    let at = held + c * ${BLOCK_ROWS}u;
    ${
    rows((r) =>
      `let below${r} = shares[at + ${r * THREADS}u] - largest${r};
    var share${r} = 0.0lf;
    if (below${r} > least) { share${r} = exponential(below${r}); }
    shares[at + ${r * THREADS}u] = share${r};
    total${r} += share${r};`
    )
  }
  }
  ${rows((r) => `let density${r} = largest${r} + logarithm(total${r});`)}`;
}
