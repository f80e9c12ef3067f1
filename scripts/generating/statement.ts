/** One statement of a generated history, and what is told while it runs. */
export interface Statement {
  readonly title: string;
  readonly statement: string;
}
