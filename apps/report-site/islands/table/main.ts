import { startIsland } from "../start_island.ts";
import { TableTools } from "./table_tools.tsx";

startIsland("table", TableTools, "replace");
