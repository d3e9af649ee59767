import type { AnsweredBlocks } from "./blocks/answer_blocks.ts";
import type { BlockLabels } from "./blocks/block_labels.ts";
import { type BlockQuestion, isBlockQuestion } from "./blocks/block_question.ts";
import type { ThreadAnswer, ThreadQuestion } from "./compute.ts";
import type { ExperimentQuestion } from "./experiment_question.ts";
import type { Json } from "./job.ts";
import type { JobContext } from "./serve_jobs.ts";

/** Threads, or what stands in for them in tests. */
export interface Computing {
  /** Answers a question. */
  answer(
    question: ThreadQuestion,
    context: Pick<JobContext, "signal" | "onProgress">,
  ): Promise<ThreadAnswer>;
}

/**
 * Does a job of either kind: one of experiments answers itself; one of blocks is asked with a parcel, and answers with
 * another one that is named after the job. Labels of blocks are written here and not by the thread that found them: one
 * that is ended goes on computing for up to two seconds, and would write for a run that has left.
 *
 * @param question The question of the job.
 * @param context Its context.
 * @param computing The threads.
 * @param labels Keeps labels of blocks.
 * @returns The answer that the queue keeps.
 * @throws {TypeError} If the parcel is gone.
 */
export async function answerJob(
  question: Json,
  context: JobContext,
  computing: Computing,
  labels: BlockLabels,
): Promise<Json> {
  if (!isBlockQuestion(question)) {
    const experiment = question as unknown as ExperimentQuestion;
    return await computing.answer({ experiment }, context) as unknown as Json;
  }
  const blocks: BlockQuestion = question;
  const parcel = await context.parcels.get(blocks.parcel);
  if (parcel === undefined) {
    throw new TypeError(`Cannot do ${context.title}: what it is asked with is not at the server`);
  }
  const answer = await computing.answer({ blocks, parcel }, context);
  const { bytes, assigned } = answer as AnsweredBlocks;
  if (assigned !== undefined) {
    await labels.write(blocks, assigned);
    // The run may have left meanwhile, and waited in vain for this worker to end the job.
    if (!await context.isWanted()) await labels.remove([blocks], assigned.centroids);
  }
  await context.parcels.put(context.name, bytes);
  return null;
}
