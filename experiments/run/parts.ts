import type { BaseContext, OnProgress, RunContext } from "./experiment.ts";

/** The question that a part answers, which JSON can hold. */
export type Asked = Readonly<Record<string, string | number | boolean | null>>;

/** The context of a part of an experiment on images: that of the experiment, but for what it keeps beside its result. */
export type PartContext<Parameters> = Omit<
  RunContext<Parameters>,
  Exclude<
    keyof BaseContext<Parameters>,
    "parameters" | "seed" | "signal" | "update" | keyof PartDoer
  >
>;

/**
 * A part of an experiment: the same answer to the same question, whatever else was done before and wherever it is done.
 * The answer is of what `structuredClone` copies.
 */
export type Part<Context, Question extends Asked, Answer> = (
  asked: Question,
  context: Context,
) => Promise<Answer>;

/** The parts of an experiment by their names. */
// deno-lint-ignore no-explicit-any -- each part has its own context, question and answer
export type Parts = Readonly<Record<string, Part<any, any, unknown>>>;

/** Does the parts of an experiment: in this process one after the other, or by asking workers. */
export interface PartDoer {
  /**
   * Does a part that the experiment declares, once for each question.
   *
   * @param part The part.
   * @param asked The question.
   * @param onProgress Called with the share of the part that is done.
   * @returns The answer.
   */
  part<Context, Question extends Asked, Answer>(
    part: Part<Context, Question, Answer>,
    asked: Question,
    onProgress?: OnProgress,
  ): Promise<Answer>;
  /**
   * Does something for each of some items: one after the other in this process, at once where workers do the parts.
   *
   * @param items The items.
   * @param work Does it for an item.
   * @returns The outcomes, in the order of the items.
   */
  each<Item, Outcome>(
    items: readonly Item[],
    work: (item: Item, index: number) => Promise<Outcome>,
  ): Promise<Outcome[]>;
  /**
   * Makes something that is costly and too large to keep more than one of, unless it is the one that was made last.
   *
   * @param name Name of what is made.
   * @param of A text that tells it from others of that name.
   * @param make Makes it, without waiting for a part that asks for the same.
   * @returns The new one, or the last.
   */
  last<Made>(name: string, of: string, make: () => Made): Made;
}

/**
 * Returns the name of a part.
 *
 * @param experiment The experiment that declares it.
 * @param part The part.
 * @throws {TypeError} If the experiment does not declare it.
 */
export function partName(
  { id, parts = {} }: { readonly id: string; readonly parts?: Parts },
  part: Parts[string],
): string {
  const found = Object.entries(parts).find(([, one]) => one === part);
  if (found === undefined) {
    throw new TypeError(`Cannot do a part of ${id}: it is none of those that it declares`);
  }
  return found[0];
}

/** Keeps the last thing of each name; see {@link PartDoer.last}. */
export class LastMade {
  readonly #made = new Map<string, { readonly of: string; readonly one: unknown }>();

  /** Returns the last thing of a name if it is made of the same, else makes it. */
  get<Made>(name: string, of: string, make: () => Made): Made {
    const found = this.#made.get(name);
    if (found?.of === of) return found.one as Made;
    // Let go of the last one before there is another.
    this.#made.delete(name);
    const one = make();
    this.#made.set(name, { of, one });
    return one;
  }
}

/**
 * Does each part that an experiment declares once for each question, however often it is asked for.
 *
 * @param experiment The experiment that declares the parts.
 * @param work Does a part, of that name.
 * @returns The method of what does parts.
 */
export function onceEach(
  experiment: { readonly id: string; readonly parts?: Parts },
  work: (
    name: string,
    part: Parts[string],
    asked: Asked,
    onProgress: OnProgress,
  ) => Promise<unknown>,
): PartDoer["part"] {
  const answers = new Map<string, Promise<unknown>>();
  return <Context, Question extends Asked, Answer>(
    part: Part<Context, Question, Answer>,
    asked: Question,
    onProgress: OnProgress = () => {},
  ) => {
    const name = partName(experiment, part);
    const key = JSON.stringify([name, asked]);
    const answer = answers.get(key) ?? work(name, part, asked, onProgress);
    answers.set(key, answer);
    return answer as Promise<Answer>;
  };
}

/** Does something for each of some items, one after the other; see {@link PartDoer.each}. */
export async function oneByOne<Item, Outcome>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [index, item] of items.entries()) outcomes.push(await work(item, index));
  return outcomes;
}

/**
 * Does the parts of an experiment in this process, when they are asked for.
 *
 * @param experiment The experiment that declares the parts.
 * @param given Contents of the contexts of the parts, but for `update` and the methods of {@link PartDoer}.
 */
export function partsHere(
  experiment: { readonly id: string; readonly parts?: Parts },
  given: object,
): PartDoer {
  const made = new LastMade();
  const doer: PartDoer = {
    part: onceEach(
      experiment,
      (_, part, asked, update) => part(asked, { ...given, update, ...doer }),
    ),
    each: oneByOne,
    last: (name, of, make) => made.get(name, of, make),
  };
  return doer;
}
