import { startIsland } from "../start_island.ts";
import { TryIt } from "./try_it.tsx";

startIsland("try-it", TryIt, "replace");
