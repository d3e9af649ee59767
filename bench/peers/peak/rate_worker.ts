/// <reference lib="webworker" />
/** Measures multiply-adds when told to, and tells. */
import { measureMultiplyAdds } from "./rates.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = () => scope.postMessage(measureMultiplyAdds());
