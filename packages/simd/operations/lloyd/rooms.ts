import type { Regions } from "../../memory/regions.ts";
import { pack, type Packed, type PackedAll } from "../../structure.ts";
import { rooms } from "./run_structures.ts";
import type { inRooms } from "./structures.ts";

/**
 * Places the arguments of threads that do whole blocks alone.
 *
 * @param _work The work whose structures they are.
 * @param given The arguments of each thread.
 */
export function placeRooms<R extends keyof typeof inRooms>(
  regions: Regions,
  _work: R,
  given: readonly PackedAll<(typeof inRooms)[R]>[],
): Packed<typeof rooms> {
  const args = (given as readonly (readonly (readonly number[])[])[]).map((room) => room.flat());
  return pack(rooms, {
    rooms: regions.place(Float64Array.from(args.flat())),
    roomBytes: 8 * args[0].length,
  });
}
