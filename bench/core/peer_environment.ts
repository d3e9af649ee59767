// OpenBLAS chooses its kernel and everybody the number of threads by themselves: a value left over from
// somewhere would hold a peer back.
const dropped = /^(OPENBLAS_|OMP_|MKL_|BLIS_|GOTO_|VECLIB_|NUMEXPR_|KMP_|PYTHON)/;

// Deno hands these on only under permission to run anything.
const guarded = /^(LD_|DYLD_)/;

/**
 * Returns the environment for a peer: that of this process, without variables that could slow the peer down.
 *
 * @param environment The variables of this process.
 * @returns The variables to pass on.
 */
export function peerEnvironment(
  environment: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !dropped.test(name) && !guarded.test(name)),
  );
}
