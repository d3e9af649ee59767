/** The error for a peer that failed at its work, or died. */
export class PeerError extends Error {
  /** The name of the class. */
  override readonly name = "PeerError";
}
