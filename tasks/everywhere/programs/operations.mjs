import * as operations from "@mixtape/operations";
import assert from "node:assert/strict";

assert.deepEqual(Object.keys(operations), []); // types only
