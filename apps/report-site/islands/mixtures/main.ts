import { startIsland } from "../start_island.ts";
import { MixtureChoice } from "./mixture_choice.tsx";

startIsland("mixtures", MixtureChoice, "replace");
