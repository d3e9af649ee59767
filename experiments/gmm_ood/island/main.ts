import { startIsland } from "@mixtape/report-site/islands";
import { MixtureChoice } from "./mixture_choice.tsx";

startIsland("mixtures", MixtureChoice, "replace");
