/** Where files lie: what a disk and a bucket must both be able to do. Keys were checked before. */

export interface Place {
  /** Stores a file whole or not at all. */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** Undefined where there is none. */
  get(key: string): Promise<Buffer<ArrayBuffer> | undefined>;
  has(key: string): Promise<boolean>;
  /** One that is not there is gone already. */
  remove(key: string): Promise<void>;
  /** All names, in no order; also such as are none of ours. */
  list(): AsyncGenerator<string>;
}

/** The place does not answer, or refuses us. Its message says which and what to look at. */
export class StorageFailure extends Error {
  override name = "StorageFailure";
}
