/** Sends the statements of a transaction without waiting for each answer: one journey to PostgreSQL instead of many. */

/** Microtasks between two starts: more than any way through Drizzle and the driver takes. */
const STEPS = 12;

/**
 * Starts each and waits for all. They reach PostgreSQL in this order, whatever kind of statement they are, so that a
 * row may refer to one that stands before it. Each must be one statement that needs no answer of the others; after
 * one that fails the rest are refused too, and the first failure is thrown.
 */
export async function inOneGo<R extends readonly unknown[]>(
  statements: {
    [K in keyof R]: () => PromiseLike<R[K]>;
  },
): Promise<R> {
  const answers: Promise<unknown>[] = [];
  for (const start of statements) {
    const answer = Promise.resolve(start());
    // Whoever fails is thrown below; until then its rejection must not count as unhandled.
    answer.catch(() => {});
    answers.push(answer);
    for (let step = 0; step < STEPS; step += 1) await undefined;
  }
  return (await Promise.all(answers)) as unknown as R;
}
