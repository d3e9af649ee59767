/**
 * A session whose methods can be called until it is disposed of, once or more often. Its regions are
 * others' from then on: a step would compute with their numbers, and end anywhere.
 */
export function untilDisposed<Session extends Disposable>(session: Session): Session {
  let disposed = false;
  const dispose = () => {
    if (!disposed) session[Symbol.dispose]();
    disposed = true;
  };
  return new Proxy(session, {
    get(target, name) {
      if (name === Symbol.dispose) return dispose;
      const member = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        if (disposed) {
          throw new TypeError(
            `Cannot use ${String(name)}() of a session: it was disposed of, open another one`,
          );
        }
        return member.apply(target, args);
      };
    },
  });
}
