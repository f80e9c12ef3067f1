/** For tests of the schema: a valid row of any table, made by raw SQL together with the parents it needs. */
import type { TransactionSql } from "postgres";
import { goods } from "./recipes-goods";
import { orders } from "./recipes-orders";
import { Parent, type Recipes, type Row } from "./refs";

export const recipes: Recipes = { ...goods, ...orders };

let serial = 0;

/** Makes the parents that a row of `table` needs, so that several tries can share them. Answers their columns. */
export async function parentsFor(tx: TransactionSql, table: string): Promise<Row> {
  const row = recipeOf(table)(0);
  const parents = Object.entries(row).filter(([, value]) => value instanceof Parent);
  return withParents(tx, Object.fromEntries(parents));
}

/** Inserts a row of `table` with its missing parents; `given` wins over the recipe. Answers the row as stored. */
export async function make(tx: TransactionSql, table: string, given: Row = {}): Promise<Row> {
  serial += 1;
  const row = await withParents(tx, { ...recipeOf(table)(serial), ...given });
  const [made] = await tx`insert into ${tx(table)} ${tx(row)} returning *`;
  return made ?? {};
}

function recipeOf(table: string): (n: number) => Row {
  const recipe = recipes[table];
  if (!recipe) throw new Error(`No recipe for a row of ${table}: add one to db/constraints/recipes-*.ts`);
  return recipe;
}

async function withParents(tx: TransactionSql, row: Row): Promise<Row> {
  const whole = { ...row };
  for (const [column, value] of Object.entries(row)) {
    if (value instanceof Parent) whole[column] = (await make(tx, value.table)).id;
  }
  return whole;
}
