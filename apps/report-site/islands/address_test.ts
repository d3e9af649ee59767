import assert from "node:assert/strict";
import { choiceInAddress, keepInAddress, stepInAddress } from "./address.ts";

/** Puts an address in place of the one of a page for a while, and collects what is written into it. */
function withAddress(href: string): Disposable & { readonly written: unknown[][] } {
  const written: unknown[][] = [];
  const history = { state: "state", replaceState: (...given: unknown[]) => written.push(given) };
  const before = ["location", "history"].map((name) =>
    [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const
  );
  for (const [name, value] of Object.entries({ location: new URL(href), history })) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  return {
    written,
    [Symbol.dispose]() {
      for (const [name, property] of before) {
        if (property) Object.defineProperty(globalThis, name, property);
        else Reflect.deleteProperty(globalThis, name);
      }
    },
  };
}

Deno.test("choiceInAddress() and stepInAddress() read what the address has", () => {
  using _address = withAddress("https://example.org/a.html?run=x%20y&step=3&none=&odd=1.5#part");
  assert.equal(choiceInAddress("run"), "x y");
  assert.equal(choiceInAddress("none"), "");
  assert.equal(choiceInAddress("other"), undefined);
  assert.equal(stepInAddress("step", 4), 3);
  for (const name of ["run", "none", "odd", "other"]) {
    assert.equal(stepInAddress(name, 9), undefined);
  }
  assert.equal(stepInAddress("step", 3), undefined);
});

Deno.test("keepInAddress() writes what was chosen last, all at once after a pause, and only once", async () => {
  using page = withAddress("https://example.org/a.html?old=1&gone=2#part");
  const addresses = () => page.written.map(([, , address]) => String(address));
  const pause = () => new Promise((resolve) => setTimeout(resolve, 250));
  keepInAddress("step", "1");
  keepInAddress("gone", undefined);
  keepInAddress("step", "4");
  assert.deepEqual(addresses(), []);
  await pause();
  assert.deepEqual(addresses(), ["https://example.org/a.html?old=1&step=4#part"]);
  assert.deepEqual(page.written[0].slice(0, 2), ["state", ""]);
  keepInAddress("other", "x");
  await pause();
  assert.deepEqual(addresses().slice(1), ["https://example.org/a.html?old=1&gone=2&other=x#part"]);
});

Deno.test("keepInAddress() writes what was chosen anew where the way back leads to a former address", async () => {
  using page = withAddress("https://example.org/a.html?back=1");
  keepInAddress("back", "2");
  await new Promise((resolve) => setTimeout(resolve, 250));
  dispatchEvent(new Event("popstate"));
  const addresses = page.written.map(([, , address]) => new URL(String(address)).searchParams);
  assert.deepEqual(addresses.map((address) => address.get("back")), ["2", "2"]);
});
