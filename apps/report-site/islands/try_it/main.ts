import { startIsland } from "../start_island.ts";
import { registerCpuBackend } from "./cpu_backend.ts";
import { TryIt } from "./try_it.tsx";

registerCpuBackend();
startIsland("try-it", TryIt, "replace");
