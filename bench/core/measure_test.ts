import { measure } from "./measure.ts";
import type { Peer } from "./peer.ts";
import { PeerPool } from "./peer_pool.ts";
import type { Entry } from "./plan.ts";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../peers/testing_peer.ts", import.meta.url));
const testing: Peer = {
  id: "testing",
  title: "Testing",
  install: "apt-get install testing",
  command: [Deno.execPath(), "run", script],
  threads: [1, 2],
};
const absent: Peer = { ...testing, id: "absent", title: "Absent", command: ["/no/such/program"] };

function echo(id: string, seconds: number[], more: Partial<Entry> = {}): Entry {
  const variants = seconds.map((time) => ({ label: `takes ${time}`, args: { seconds: time } }));
  return { id, peer: "testing", work: "echo", variants, ...more };
}

async function run(entries: Entry[], { runs = 2, secondsEach = 1000 } = {}) {
  await using pool = new PeerPool([testing, absent]);
  const notes: string[] = [];
  const onProgress = (note: string) => notes.push(note);
  const outcome = await measure(entries, pool, { runs, secondsEach, onProgress });
  return { ...outcome, missing: pool.missing(), notes };
}

Deno.test("measure() keeps the fastest variant", async () => {
  const { measured } = await run([echo("a", [5, 3, 4])]);
  assert.equal(measured[0].label, "takes 3");
  assert.deepEqual(measured[0].measurements.map(({ seconds }) => seconds), [3, 3]);
});

Deno.test("measure() alternates between entries", async () => {
  const { notes } = await run([echo("a", [5]), echo("b", [6])]);
  assert.deepEqual(
    notes.filter((note) => note.startsWith("run")).map((note) => /takes (\d)/.exec(note)![1]),
    ["5", "6", "5", "6"],
  );
});

Deno.test("measure() stops repeating an entry when it took long, after at least one run", async () => {
  const { measured } = await run([echo("a", [5]), echo("b", [1])], { runs: 4, secondsEach: 3 });
  assert.deepEqual(measured.map(({ measurements }) => measurements.length), [1, 3]);
});

Deno.test("measure() gives each run its own arguments", async () => {
  const { measured } = await run([echo("a", [5], { perRun: (run) => ({ seconds: run }) })]);
  assert.deepEqual(measured[0].measurements.map(({ seconds }) => seconds), [0, 1]);
});

Deno.test("measure() continues when a peer fails or is missing", async () => {
  const { measured, failures, missing } = await run([
    echo("a", [1]),
    echo("b", [1], { work: "fail" }),
    echo("c", [1], { peer: "absent" }),
    echo("d", [1], { needs: ["absent"] }),
  ]);
  assert.deepEqual(measured.map(({ entry }) => entry.id), ["a"]);
  assert.deepEqual(failures, ["Testing failed during fail: Cannot do this"]);
  assert.deepEqual(missing.map(({ title }) => title), ["Absent"]);
});

Deno.test("measure() does not warm up an entry when warmUp is false", async () => {
  const { notes } = await run([echo("a", [1], { warmUp: false })]);
  assert.deepEqual(notes.filter((note) => note.startsWith("warming")), []);
});
