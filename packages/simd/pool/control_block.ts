/**
 * Counts the jobs of the pool, see `ThreadPool`. The constants of this file are int32 indices into
 * the control block that threads share besides data, the first 4 KiB of memory; entries that several
 * threads write have a cache line each. `kernels/shared/job.ts` knows `NEXT_BLOCK` as byte 64, and what
 * begins with `BUDGET` as bytes 480 to 500.
 */
export const GENERATION = 0;
/** Counts the blocks of the job that were handed out. */
export const NEXT_BLOCK = 16;
/** {@linkcode OPEN} while a job takes threads in, plus the number of workers inside. */
export const STATE = 32;
/** The job: module slot, function index, address of arguments. */
export const JOB = 48;
/** Thread that failed (0: none), then the length of the message in characters. */
export const FAILURE = 64;
/** Byte address of the message of a failure, two bytes per character. */
export const FAILURE_TEXT = 272;
/** Largest number of characters kept of such a message. */
export const FAILURE_CHARACTERS = 100;
/** Number of times that the caller goes on before it leaves the job, to come back. */
export const BUDGET = 120;
/** Number of blocks of the job. */
export const BLOCKS = 121;
/** 1 if the job is cancelled: threads return as soon as they look. */
export const CANCELLED = 122;
/** The block that the caller left in its midst, -1 for none. */
export const HELD_BLOCK = 123;
/** Module table: address and length of the bytes of each slot. */
export const MODULES = 128;
/** Number of slots in the module table. */
export const MODULE_SLOTS = 64;
/** By thread number: 1 if it has ever run. */
export const READY = 256;
/** Byte address of the arguments of a job, one float64 each. */
export const ARGUMENTS = 1280;
/** Number of slots for arguments. */
export const ARGUMENT_SLOTS = 352;
/** Flag in {@linkcode STATE}: threads may enter. */
export const OPEN = 1 << 16;
/** Flag in {@linkcode STATE}: there will be no further job, and workers return. */
export const OVER = 1 << 17;
