import { startIsland } from "../start_island.ts";
import { RunChoice } from "./run_choice.tsx";

startIsland("runs", RunChoice, "replace");
