import { startIsland } from "../start_island.ts";
import { registerCpuBackend } from "./cpu_backend.ts";
import { openModels, TryIt } from "./try_it.tsx";

registerCpuBackend();
openModels().then((models) => startIsland("try-it", () => TryIt({ models }), "replace"));
