/** A remark about lines of an import file that a person should read. */

/** A remark that does not stop the import, on the line that it is about. */
export interface Note {
  readonly line: number;
  readonly text: string;
}
