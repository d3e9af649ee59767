import { schemas } from "@mixtape/experiments";
import type { Result } from "@mixtape/results";
import { testRounds } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { join } from "node:path";
import { exampleRuns } from "../../apps/report-site/testing/example_runs.ts";
import {
  folderContents,
  inFolder,
  makePipe,
  namesIn,
} from "../../apps/report-site/testing/folder_contents.ts";
import { ResultStore } from "./result_store.ts";
import { describeFile, type FileContent } from "./stored_files.ts";
import { exampleResultsOf } from "../../apps/report-site/testing/examples.ts";

const [template] = exampleResultsOf(["data"]);

/** A result whose two images hold what is given. */
function resultOf(content: string): { result: Result; files: readonly FileContent[] } {
  const files = ["samples", "means"].map((name) => {
    const bytes = new TextEncoder().encode(`${name} of ${content}`);
    return { stored: describeFile(`data/${name}.png`, bytes), bytes };
  });
  const result = structuredClone(template) as unknown as { payload: { sets: object[] } };
  const [samples, classMeans] = files.map(({ stored }) => ({
    ...stored,
    tile: { width: 2, height: 2 },
    columns: 1,
    count: 1,
  }));
  result.payload.sets = [{ ...result.payload.sets[0], samples, classMeans }];
  return { result: result as unknown as Result, files };
}

/** Stores a result with two images in a folder. */
async function withStored(
  run: (store: ResultStore, result: Result, images: string[]) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const store = new ResultStore(folder, schemas);
    const { result, files } = resultOf("one");
    await store.save(result, files);
    await run(store, result, files.map(({ stored }) => join(folder, stored.file)));
  });
}

async function findingsOf(store: ResultStore, key: string): Promise<[unknown, ...string[]]> {
  const damages: string[] = [];
  const found = await store.find("data", key, (damage) => damages.push(damage));
  return [found, ...damages];
}

Deno.test("ResultStore keeps every run beside the result that replaces it", async () => {
  await inFolder(async (folder) => {
    const store = new ResultStore(folder, schemas);
    for (const run of exampleRuns) await store.save(run, []);
    const runs = namesIn(join(folder, "runs"));
    assert.deepEqual(
      runs,
      ["01", "02", "03"].map((day) => `classifier.202601${day}T030405000Z.json`),
    );
    const read = async (...path: string[]): Promise<Result> =>
      JSON.parse(await Deno.readTextFile(join(folder, ...path)));
    assert.deepEqual(await read("runs", runs[0]), exampleRuns[0]);
    assert.deepEqual(await read("classifier.json"), exampleRuns[2]);
    assert.deepEqual(namesIn(folder), ["classifier.json", "runs"]);
  });
});

Deno.test("ResultStore finds a whole result, and nothing that answers something else", async () => {
  await withStored(async (store, result) => {
    assert.deepEqual(await findingsOf(store, result.key), [result]);
    assert.deepEqual(await findingsOf(store, "0".repeat(64)), [undefined]);
    assert.equal(await store.find("classifier", result.key), undefined);
  });
});

const damages: Readonly<Record<string, (file: string) => void>> = {
  "cut to nothing": (file) => Deno.truncateSync(file),
  "cut short": (file) => Deno.truncateSync(file, 7),
  "with a bit flipped": (file) => {
    const bytes = Deno.readFileSync(file);
    bytes[bytes.length - 1] ^= 1;
    Deno.writeFileSync(file, bytes);
  },
  "missing": (file) => Deno.removeSync(file),
  "replaced by an empty folder": (file) => {
    Deno.removeSync(file);
    Deno.mkdirSync(file);
  },
  "replaced by a pipe": (file) => {
    Deno.removeSync(file);
    makePipe(file);
  },
  "replaced by a link to itself": (file) => {
    Deno.removeSync(file);
    Deno.symlinkSync(file, file);
  },
  "replaced by a full folder": (file) => {
    Deno.removeSync(file);
    Deno.mkdirSync(file);
    Deno.writeTextFileSync(join(file, "inside"), "x");
  },
};

for (const [name, damage] of Object.entries(damages)) {
  Deno.test(`ResultStore finds no result with a file ${name}, says which, and mends it`, async () => {
    for (const at of [0, 1, "result"] as const) {
      await withStored(async (store, result, images) => {
        const path = at === "result" ? join(store.folder, "data.json") : images[at];
        damage(path);
        const [found, ...said] = await findingsOf(store, result.key);
        assert.equal(found, undefined);
        if (at !== "result" || name !== "missing") {
          assert.equal(said.length, 1);
          assert(said[0].includes(path), said[0]);
          assert(!said[0].includes("\n"));
        }
        await store.save(result, resultOf("one").files);
        assert.deepEqual(await findingsOf(store, result.key), [result]);
        assert.deepEqual(namesIn(store.folder), ["data", "data.json", "runs"]);
      });
    }
  });
}

Deno.test("ResultStore stores whole results, however many store one at the same time", async () => {
  await inFolder(async (folder) => {
    const store = new ResultStore(folder, schemas);
    for (let trial = 0; trial < testRounds(50); trial += 1) {
      const results = ["a", "b", "c", "d"].map(resultOf);
      await Promise.all(results.map(({ result, files }) => store.save(result, files)));
      const [found] = await findingsOf(store, template.key);
      assert(results.some(({ result }) => JSON.stringify(result) === JSON.stringify(found)));
    }
    assert.deepEqual(namesIn(folder), ["data", "data.json", "runs"]);
  });
});

Deno.test("ResultStore takes away files that no result refers to any more, after a while", async () => {
  await withStored(async (store, _result, images) => {
    const { result, files } = resultOf("two");
    await store.save(result, files);
    assert(images.every((image) => Deno.statSync(image).isFile), "another process may need them");
    const hourAgo = new Date(Date.now() - 3_600_000);
    for (const image of images) await Deno.utime(join(image, ".."), hourAgo, hourAgo);
    await store.save(result, files);
    assert.deepEqual(await findingsOf(store, result.key), [result]);
    assert.equal(namesIn(join(store.folder, "data")).length, files.length);
  });
});

Deno.test("ResultStore keeps the result before, and leaves nothing, when the disk is full", async () => {
  await withStored(async (store) => {
    const before = folderContents(store.folder);
    const { result, files } = resultOf("two");
    const full = Object.assign(new TypeError("No space left on device"), { code: "ENOSPC" });
    const { writeFile } = Deno;
    for (const written of [0, 1, 2, 3]) {
      let left = written;
      Deno.writeFile = async (path, data, options) => {
        await writeFile(path, left > 0 ? data : new Uint8Array(), options);
        if (left-- <= 0) throw full;
      };
      try {
        await assert.rejects(() => store.save(result, files), full);
      } finally {
        Deno.writeFile = writeFile;
      }
      assert.deepEqual(folderContents(store.folder), before);
    }
  });
});

Deno.test("ResultStore says before anything is computed that nothing can be stored", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "report"), "a file");
    const store = new ResultStore(join(folder, "report", "results"), schemas);
    await assert.rejects(() => store.checkWritable(), Deno.errors.NotADirectory);
    await new ResultStore(join(folder, "other", "results"), schemas).checkWritable();
    assert.deepEqual(namesIn(folder), ["report"], "no folder was made");
  });
});

Deno.test("ResultStore says before anything is computed that a link leads nowhere", async () => {
  await inFolder(async (folder) => {
    const link = join(folder, "report");
    await Deno.symlink(join(folder, "nowhere"), link);
    for (const path of [link, join(link, "results"), join(link, "below", "results")]) {
      await assert.rejects(() => new ResultStore(path, schemas).checkWritable(), {
        name: "NotFound",
        message: `Cannot write to ${link}: it is a link to something that is not there, ` +
          "make what it leads to or choose another path",
      });
    }
    assert.deepEqual(namesIn(folder), ["report"]);
  });
});

Deno.test("ResultStore keeps the jobs of workers, each run in place of the same experiments", async () => {
  await inFolder(async (folder) => {
    const store = new ResultStore(folder, {});
    const file = join(folder, "workers.json");
    const job = (experiment: string, worker: string) => ({
      experiment,
      key: "k",
      part: null,
      worker,
      startedAt: "2026-01-02T03:04:05.000Z",
      elapsedMs: 1,
      tries: 1,
    });
    const stored = async () =>
      JSON.parse(await Deno.readTextFile(file)).jobs.map((one: ReturnType<typeof job>) =>
        `${one.experiment} ${one.worker}`
      );
    await store.saveWorkerJobs([]);
    await assert.rejects(Deno.stat(file), Deno.errors.NotFound);
    await store.saveWorkerJobs([job("a", "x"), job("b", "x")]);
    await store.saveWorkerJobs([job("a", "y"), job("a", "z")]);
    assert.deepEqual(await stored(), ["b x", "a y", "a z"]);
    await Deno.writeTextFile(file, "{");
    await store.saveWorkerJobs([job("c", "x")]);
    assert.deepEqual(await stored(), ["c x"]);
  });
});
