/// <reference lib="webworker" />
/** A worker that measures multiply-adds on request and posts the rate. */
import { measureMultiplyAdds } from "./rates.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = () => scope.postMessage(measureMultiplyAdds());
