import { instantiateLoops, loops } from "./loops.ts";

const bursts = 20;
const burstSeconds = 0.01;

/**
 * Measures the clock in cycles per second, from dependent additions; the best of short bursts, as other processes may
 * interrupt.
 */
export function measureClock(): number {
  const { chain } = instantiateLoops();
  return loops.additions * bestRate(chain);
}

/** Measures the float32 operations per second of one thread that does only four-lane multiply-adds in registers. */
export function measureMultiplyAdds(): number {
  const { multiplyAdd } = instantiateLoops();
  return loops.multiplyAdds * 4 * 2 * bestRate(multiplyAdd);
}

/** Measures the largest number of rounds per second of a loop. */
function bestRate(loop: (n: number) => number): number {
  loop(1e5);
  let rounds = 1e6;
  let best = 0;
  for (let burst = 0; burst < bursts; burst++) {
    const begin = performance.now();
    loop(rounds);
    const rate = rounds / (performance.now() - begin) * 1000;
    best = Math.max(best, rate);
    rounds = Math.ceil(rate * burstSeconds);
  }
  return best;
}
