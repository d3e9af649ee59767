import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { encode } from "fast-png";
import type { Browser, Page } from "playwright-core";
import { bundleScript } from "../../apps/report-site/bundle_script.ts";
import { chromiumPath, startBrowser } from "../../apps/report-site/testing/browser.ts";

/** Serves a program as a bundler's development server does: modules with all that they import. */
function serve(
  folder: string,
  bundles: ReadonlyMap<string, string>,
): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    const script = bundles.get(pathname.slice(1));
    if (script !== undefined) {
      return new Response(script, { headers: { "content-type": "text/javascript" } });
    }
    if (pathname !== "/") return new Response(null, { status: 404 });
    const html = await Deno.readTextFile(new URL(`${folder}/index.html`, import.meta.url));
    return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
  });
}

/** Opens a program in a page of its own, and closes it when the test has ended; an error of the page fails the test. */
async function inPage(
  browser: Browser,
  folder: string,
  scripts: readonly string[],
  test: (page: Page) => Promise<void>,
): Promise<void> {
  const bundles = new Map<string, string>();
  for (const name of scripts) {
    const entry = import.meta.resolve(`./${folder}/${name}`);
    bundles.set(name, await bundleScript({ entry, format: "esm" }));
  }
  const server = serve(folder, bundles);
  const page = await browser.newPage();
  try {
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    await test(page);
    assert.deepEqual(errors, []);
  } finally {
    await page.close();
    await server.shutdown();
  }
}

Deno.test({
  name: "the example programs do in a browser what they are for",
  ignore: chromiumPath === undefined,
  async fn(t) {
    const browser = await startBrowser();
    try {
      await t.step(
        "the colours of a picture are found by a worker and drawn",
        () => reducesColours(browser),
      );
      for (const name of ["react_clusters", "preact_clusters"]) {
        await t.step(
          `${name}: clicks are points, which get the colours of their clusters`,
          () => coloursPoints(browser, name),
        );
      }
    } finally {
      await browser.close();
    }
  },
});

function reducesColours(browser: Browser): Promise<void> {
  return inPage(browser, "picture_colours", ["main.ts", "worker.ts"], async (page) => {
    const side = 24;
    const data = new Uint8Array(3 * side * side);
    // Four corners of red, green, blue and white, each with a little shade.
    for (let i = 0; i < side * side; i += 1) {
      const [top, left] = [Math.floor(i / side) < side / 2, i % side < side / 2];
      const colour = top
        ? (left ? [240, 9, 9] : [9, 240, 9])
        : (left ? [9, 9, 240] : [240, 240, 240]);
      data.set(colour.map((value) => value + i % 7), 3 * i);
    }
    await page.getByLabel("Colours").fill("4");
    await page.getByLabel("Picture").setInputFiles({
      name: "corners.png",
      mimeType: "image/png",
      buffer: Buffer.from(encode({ width: side, height: side, channels: 3, data })),
    });
    await page.getByText("4 colours after").waitFor();
    const pixels: number[] = await page.locator("canvas").evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const context = (canvas as HTMLCanvasElement).getContext("2d")!;
      return [...context.getImageData(0, 0, width, height).data];
    });
    assert.equal(pixels.length, 4 * side * side);
    const at = (x: number, y: number) => pixels.slice(4 * (y * side + x), 4 * (y * side + x) + 3);
    const last = side - 1;
    const corners = [at(0, 0), at(last, 0), at(0, last), at(last, last)];
    const expected = [[243, 12, 12], [12, 243, 12], [12, 12, 243], [243, 243, 243]];
    for (const [i, corner] of corners.entries()) {
      for (const j of [0, 1, 2]) assert(Math.abs(corner[j] - expected[i][j]) <= 1, `${corner}`);
    }
    const distinct = new Set(
      Array.from({ length: side * side }, (_, i) => `${at(i % side, Math.floor(i / side))}`),
    );
    assert.equal(distinct.size, 4);
  });
}

function coloursPoints(browser: Browser, name: string): Promise<void> {
  return inPage(browser, name, ["main.tsx"], async (page) => {
    const field = page.getByRole("img");
    for (const [x, y] of [[20, 20], [30, 20], [380, 380], [370, 380]]) {
      await field.click({ position: { x, y } });
    }
    const colours = () =>
      page.locator("circle").evaluateAll((all) => all.map((one) => one.getAttribute("fill")));
    await page.waitForFunction(() => {
      const fills = [...document.querySelectorAll("circle")].map((one) => one.getAttribute("fill"));
      return fills.length === 4 && !fills.includes("#555");
    });
    const [a, b, c, d] = await colours();
    assert(a === b && c === d && a !== c, `${await colours()}`);
    await page.getByRole("spinbutton").fill("1");
    await page.waitForFunction(() =>
      new Set([...document.querySelectorAll("circle")].map((one) => one.getAttribute("fill")))
        .size === 1
    );
  });
}
