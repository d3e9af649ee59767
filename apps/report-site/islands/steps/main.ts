import { startIsland } from "../start_island.ts";
import { Steps } from "./steps.tsx";

startIsland("steps", Steps, "replace");
