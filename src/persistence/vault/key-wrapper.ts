/** A data key as the database keeps it: readable only with the key that it is wrapped by. */
export interface WrappedKey {
  wrapped: Uint8Array;
  /** Id of the wrapping key, so that one can see which are still in use. */
  wrappingKey: string;
}

/** Port: who holds the key-encryption keys, a file or a key management service; never the database. */
export interface KeyWrapper {
  /** Id of the key that `wrap` uses now. */
  keyId(): Promise<string>;
  /** `bound` names the data key, so that a wrapped one cannot be put in another's place. */
  wrap(key: Uint8Array, bound: string): Promise<WrappedKey>;
  /** @throws StartupError in one line when the wrapping key is not there or is another */
  unwrap(wrapped: WrappedKey, bound: string): Promise<Buffer>;
}
