/** For tests of the schema: what stands for the id of a row that is still to be made. */

export type Row = Record<string, unknown>;
/** The least that a table takes. `n` differs from row to row, so that no two of them meet in a unique index. */
export type Recipes = Readonly<Record<string, (n: number) => Row>>;

/** Stands for the id of a fresh row of `table` until the row that needs it is made. */
export class Parent {
  constructor(readonly table: string) {}
}

/** The id of a fresh row of `table`, made together with the row that names it. */
export const ref = (table: string) => new Parent(table);
