/** Fits to rows whose blocks live with workers, by workers in this program and without a server. */
import {
  type HostMatrix,
  mixtureShapes,
  random,
  readerSource,
  RowReader,
  type RowSource,
  useBackend,
} from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import assert from "node:assert/strict";
import { join } from "node:path";
import { encodeNpy } from "../../bench/core/npy.ts";
import { fitKMeans } from "../../packages/clustering/kmeans.ts";
import {
  checkKMeansOptions,
  copyOptions,
  type KMeansOptions,
} from "../../packages/clustering/kmeans_options.ts";
import { BlockMixture } from "../../packages/mixture/block_mixture.ts";
import { fitMixture } from "../../packages/mixture/gaussian_mixture.ts";
import { GaussianMixtureModel } from "../../packages/mixture/gaussian_mixture_model.ts";
import { checkOptions, type GaussianMixtureOptions } from "../../packages/mixture/options.ts";
import type { Job } from "../job.ts";
import { DoersHere } from "../testing/doers_here.ts";
import { BlockAnswerer } from "./answer_blocks.ts";
import { BlockAsker } from "./ask_blocks.ts";
import { openBlockFile } from "./block_file.ts";
import { BlockLabels } from "./block_labels.ts";
import type { BlockQuestion } from "./block_question.ts";
import { WorkerPasses } from "./worker_passes.ts";

const { signal } = new AbortController();

/** Workers in this program, of which each job goes to one by chance. */
class Workers extends DoersHere {
  readonly titles: string[] = [];
  readonly #answerers: BlockAnswerer[];
  readonly #labels: BlockLabels;
  readonly #source = random(testSeed());

  constructor(readonly folder: string, count: number) {
    super();
    const settings = { dataDir: folder, cacheDir: folder, sharedDir: join(folder, "parts") };
    this.#labels = new BlockLabels(settings.sharedDir);
    this.#answerers = Array.from({ length: count }, () => new BlockAnswerer(settings));
  }

  protected override async answer({ title, question, parcel }: Job): Promise<Uint8Array> {
    this.titles.push(title);
    const answerer = this.#answerers[this.#source.integer(this.#answerers.length)];
    const blocks = question as unknown as BlockQuestion;
    const { bytes, assigned } = await answerer.answer(blocks, parcel!.bytes);
    if (assigned !== undefined) await this.#labels.write(blocks, assigned);
    return bytes;
  }
}

/** Rows in a file, here and with workers. */
interface Place {
  readonly workers: Workers;
  readonly here: RowSource;
  readonly there: RowSource;
  end(): Promise<void>;
}

async function inPlace(
  x: HostMatrix,
  count: number,
  test: (place: Place) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const { values, shape } = x;
    const array = values instanceof Uint8Array ? values : Float64Array.from(values);
    await Deno.writeFile(join(folder, "x.npy"), encodeNpy({ values: array, shape: [...shape] }));
    const folders = { dataDir: folder, cacheDir: folder };
    const { rows, sha256 } = await openBlockFile({ path: "x.npy" }, folders, signal);
    await Deno.mkdir(join(folder, "parts"));
    const workers = new Workers(folder, count);
    const asker = new BlockAsker({
      doers: workers,
      version: { code: "this", backend: "cpu" },
      data: { path: "x.npy", sha256 },
      sharedDir: join(folder, "parts"),
    });
    await test({
      workers,
      here: rows,
      there: { ...rows, passes: new WorkerPasses(asker) },
      end: () => asker.end(),
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function kMeansOf(source: RowSource, blockRows: number, options: KMeansOptions) {
  const rows = new RowReader(source, "x", { blockValues: blockRows * source.shape[1] });
  const iterations: unknown[] = [];
  const given = {
    ...options,
    onIteration: ({ inertia, changed }: { inertia: number; changed: number }) =>
      iterations.push([inertia, changed]),
  };
  const model = await fitKMeans(rows, checkKMeansOptions(rows, await copyOptions(given)));
  return JSON.stringify([model, iterations]);
}

async function mixtureOf(source: RowSource, blockRows: number, options: GaussianMixtureOptions) {
  const rows = new RowReader(source, "x", { blockValues: blockRows * source.shape[1] });
  const checked = await checkOptions({ ...options, init: options.init as "k-means" }, rows);
  const { covariance } = checked;
  const session = rows.passes?.openMixture(rows, covariance) ?? new BlockMixture(rows, covariance);
  return JSON.stringify(new GaussianMixtureModel(await fitMixture(rows, session, checked)));
}

function blobs(n: number, d: number, seed: number): HostMatrix {
  const source = random(seed);
  const means = Float64Array.from({ length: 4 * d }, () => 3 * source.normal());
  const own = Uint8Array.from({ length: n }, () => source.integer(4));
  const values = Float64Array.from(
    { length: n * d },
    (_, at) => means[own[Math.floor(at / d)] * d + at % d] + source.normal(),
  );
  return { values, shape: [n, d] };
}

Deno.test("kMeans() has the same bits with 1, 2 and 8 workers as in one process", async () => {
  await useBackend("cpu");
  const cases = [
    [1, 40, "k-means++"],
    [2, 97, "random"],
    [2, 40, "k-means||"],
    [8, 16, "k-means||"],
    [8, 16, "random"],
  ] as const;
  for (const [count, blockRows, init] of cases) {
    await inPlace(blobs(300, 3, testSeed()), count, async ({ workers, here, there, end }) => {
      for (const tolerance of [0, 0.05]) {
        const options = { clusters: 5, init, restarts: 2, tolerance, maxIterations: 9 };
        const expected = await kMeansOf(here, blockRows, options);
        assert.equal(await kMeansOf(there, blockRows, options), expected);
      }
      const jobs = (pass: string) =>
        workers.titles.filter((title) => title.startsWith(`${pass}, block `)).length;
      assert(jobs("lloyd") > 20);
      // Three rounds and a weighing, of two starts of two fits.
      const rounds = init === "k-means||" ? 4 * 2 * 2 : 0;
      assert.equal(jobs("candidates"), rounds * Math.ceil(300 / blockRows));
      for await (const labels of Deno.readDir(join(workers.folder, "parts"))) {
        const folder = join(workers.folder, "parts", labels.name);
        // As a worker leaves it that is ended while it writes.
        for (const { name } of [...Deno.readDirSync(folder)]) {
          await Deno.writeTextFile(join(folder, `${name}.half`), "");
        }
      }
      await end();
      assert.equal(workers.parcels.size, 0);
      await assert.rejects(Deno.stat(join(workers.folder, "parts")), Deno.errors.NotFound);
    });
  }
});

Deno.test("gaussianMixture() has the same bits with workers as in one process, of every shape", async () => {
  await useBackend("cpu");
  await inPlace(blobs(300, 3, testSeed()), 3, async ({ workers, here, there }) => {
    for (const covariance of Object.keys(mixtureShapes) as (keyof typeof mixtureShapes)[]) {
      const options = { components: 3, covariance, maxIterations: 4, tolerance: 0 };
      assert.equal(await mixtureOf(there, 64, options), await mixtureOf(here, 64, options));
    }
    assert(workers.titles.includes("mixture, block 4"));
  });
});

Deno.test("kMeans() on workers fills empty clusters, scales, and needs no labels that were lost", async () => {
  await useBackend("cpu");
  const far = Float64Array.from({ length: 60 }, (_, i) => i < 30 ? i % 7 : 100 + i % 3);
  const init = { values: Float64Array.of(0, 1000, 2000), shape: [3, 1] as const };
  const tests = [1, 2 ** 450, 2 ** -600].map((unit) => ({
    x: { values: far.map((value) => unit * value), shape: [60, 1] as const },
    init: { ...init, values: init.values.map((value) => unit * value) },
  }));
  for (const { x, init } of tests) {
    await inPlace(x, 2, async ({ workers, here, there }) => {
      const options = { clusters: 3, init, tolerance: 0 };
      const expected = await kMeansOf(here, 16, options);
      assert.equal(await kMeansOf(there, 16, options), expected);
      // At the end of each pass.
      workers.drop = () =>
        Deno.remove(join(workers.folder, "parts"), { recursive: true }).catch(() => {});
      assert.equal(await kMeansOf(there, 16, options), expected);
    });
  }
});

Deno.test("fits with weights, and to rows that are changed, are done here", async () => {
  await useBackend("cpu");
  await inPlace(blobs(100, 2, testSeed()), 1, async ({ workers, here, there }) => {
    const sampleWeight = Float64Array.from({ length: 100 }, (_, i) => i % 3);
    const options = { clusters: 2, sampleWeight };
    assert.equal(await kMeansOf(there, 30, options), await kMeansOf(here, 30, options));
    const doubled = (source: RowSource) =>
      readerSource(
        new RowReader(source, "x").map(({ values, shape }) => ({
          values: Float64Array.from(values, (value) => 2 * value),
          shape,
        })),
      );
    const plain = { clusters: 2, init: "random" as const };
    assert.equal(
      await kMeansOf(doubled(there), 30, plain),
      await kMeansOf(doubled(here), 30, plain),
    );
    assert.deepEqual([...new Set(workers.titles.map((title) => title.split(",")[0]))], [
      "magnitude",
    ]);
  });
});

Deno.test("a row that is not finite is named, and so is a file that is another one", async () => {
  await useBackend("cpu");
  const x = blobs(100, 2, testSeed());
  x.values[2 * 77 + 1] = NaN;
  await inPlace(x, 1, async ({ there, workers }) => {
    await assert.rejects(kMeansOf(there, 30, { clusters: 2 }), {
      name: "RangeError",
      message: "Cannot use x.npy: the value in row 77, column 1 is NaN, " +
        "finite numbers are needed",
    });
    await Deno.writeFile(
      join(workers.folder, "x.npy"),
      encodeNpy({ values: new Float64Array(200), shape: [100, 2] }),
    );
    const other = new Workers(workers.folder, 1);
    workers.do = (job) => other.do(job);
    await assert.rejects(kMeansOf(there, 30, { clusters: 2 }), {
      name: "TypeError",
      message: /^Cannot use x\.npy: the file here is not that of the run, its hash begins with/,
    });
  });
});

Deno.test("passes end when they are told, and with an error of a job", async () => {
  await useBackend("cpu");
  await inPlace(blobs(100, 2, testSeed()), 1, async ({ workers, there }) => {
    const controller = new AbortController();
    const { take } = workers;
    let taken = 0;
    workers.take = async (name) => {
      if (++taken === 6) controller.abort(new RangeError("enough"));
      return await take.call(workers, name);
    };
    const options = { clusters: 2, init: "random" as const, signal: controller.signal };
    await assert.rejects(kMeansOf(there, 30, options), { name: "RangeError", message: "enough" });
    workers.take = () => Promise.resolve(undefined);
    workers.do = () => Promise.resolve();
    await assert.rejects(kMeansOf(there, 30, { clusters: 2 }), {
      name: "JobFailedError",
      message: "Cannot do magnitude, block 0: its answer was lost 3 times",
    });
  });
});

Deno.test("openBlockFile() refuses files whose rows cannot be read by ranges, and downloads an address once", async () => {
  const folder = await Deno.makeTempDir();
  const bytes = encodeNpy({ values: Float64Array.of(1, 2, 3, 4), shape: [2, 2] });
  let requests = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
    requests++;
    return requests < 3 ? new Response(bytes) : new Response("no", { status: 404 });
  });
  try {
    await Deno.writeTextFile(join(folder, "x.csv"), "a,b\n1,2\n");
    const folders = { dataDir: folder, cacheDir: join(folder, "cache") };
    await assert.rejects(openBlockFile({ path: "x.csv" }, folders, signal), {
      name: "RangeError",
      message: "Cannot spread x.csv over workers: its rows cannot be read by ranges, " +
        "write it as NPY (in C order, not compressed), Parquet or IDX",
    });
    await assert.rejects(openBlockFile({ path: "http://" }, folders, signal), {
      name: "TypeError",
      message: /^Cannot read http:\/\/: its server does not answer \(/,
    });
    const path = `http://127.0.0.1:${server.addr.port}/x.npy`;
    const { rows, sha256 } = await openBlockFile({ path }, folders, signal);
    assert.deepEqual(rows.shape, [2, 2]);
    for (let reading = 0; reading < 2; reading++) {
      const again = await openBlockFile({ path, sha256 }, folders, signal);
      assert.deepEqual(again.rows.shape, [2, 2]);
    }
    assert.equal(requests, 1);
    assert.equal((await openBlockFile({ path }, folders, signal)).sha256, sha256);
    await assert.rejects(openBlockFile({ path }, folders, signal), {
      name: "RangeError",
      message: `Cannot read ${path}: the server answers 404 Not Found`,
    });
    const cached = await Array.fromAsync(Deno.readDir(join(folder, "cache", "blocks")));
    assert.deepEqual(cached.map(({ name }) => name), [sha256]);
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});
