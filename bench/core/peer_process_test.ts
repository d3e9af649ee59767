import type { Peer } from "./peer.ts";
import { PeerError } from "./peer_error.ts";
import { PeerProcess } from "./peer_process.ts";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../peers/testing_peer.ts", import.meta.url));

function testingPeer(...command: [string, ...string[]]): Peer {
  return {
    id: "testing",
    title: "Testing",
    install: "apt-get install testing",
    command,
    threads: [],
  };
}

const deno = testingPeer(Deno.execPath(), "run", script);

async function startDeno(): Promise<PeerProcess> {
  const started = await PeerProcess.start(deno);
  assert.ok(started instanceof PeerProcess);
  return started;
}

Deno.test("PeerProcess.call() answers in order and continues after a failure", async () => {
  await using peer = await startDeno();
  assert.deepEqual(peer.versions, { testing: "1.2.3" });
  assert.deepEqual(await peer.call("echo", { seconds: 2 }), { seconds: 2, details: { twice: 4 } });
  await assert.rejects(peer.call("fail", {}), {
    name: "PeerError",
    message: "Testing failed during fail: Cannot do this",
  });
  assert.equal((await peer.call("echo", { seconds: 3 })).seconds, 3);
});

Deno.test("PeerProcess.call() reports a peer that dies", async () => {
  await using peer = await startDeno();
  await assert.rejects(peer.call("die", {}), PeerError);
});

Deno.test("PeerProcess.start() names a missing peer and the command that installs it", async () => {
  const missing = await PeerProcess.start(testingPeer("/no/such/program"));
  assert.ok(!(missing instanceof PeerProcess));
  assert.equal(missing.install, "apt-get install testing");
  const broken = await PeerProcess.start(testingPeer(Deno.execPath(), "run", "no_such_file.ts"));
  assert.ok(!(broken instanceof PeerProcess));
  assert.match(broken.reason, /no_such_file/);
});
