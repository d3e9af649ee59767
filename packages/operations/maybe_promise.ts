/** A value that a backend has at once, or that it has to wait for. */
export type MaybePromise<Value> = Value | Promise<Value>;
