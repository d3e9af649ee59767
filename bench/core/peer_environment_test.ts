import { peerEnvironment } from "./peer_environment.ts";
import assert from "node:assert/strict";

Deno.test("peerEnvironment() leaves OpenBLAS and the number of threads to the peer", () => {
  const environment = {
    OPENBLAS_CORETYPE: "Haswell",
    OPENBLAS_L2_SIZE: "1",
    OMP_NUM_THREADS: "1",
    LD_PRELOAD: "x",
    PATH: "/bin",
    HOME: "/root",
  };
  assert.deepEqual(peerEnvironment(environment), { PATH: "/bin", HOME: "/root" });
});
