/** Kill points: the process is killed at every boundary of what moves goods or money; what is left ends as if it had not been. */
import { sql as query } from "drizzle-orm";
import { db } from "@/db/client";
import { stateOf, stockOf } from "@/db/testing/orders";
import { type Campaign, connectOwner, type Ground, quiet } from "./ground";
import { killUnderLoad } from "./kill-crowd";
import { type Scenario, scenarios } from "./kill-scenarios";
import { Victims } from "./victims";

export const kill: Campaign = {
  name: "kill",
  about:
    "SIGKILL at the boundaries of placing, settling, late money, cancelling, expiry, refunds, returns, payouts; at random under load",
  short: 14,
  // Every boundary of every scenario (or as many as fit into --minutes), then this many at random.
  long: 200,
  run: async (ground) => {
    const victims = new Victims(3);
    try {
      await connectOwner(ground);
      const points = await countPoints(ground, victims);
      const isLong = ground.trials > kill.short;
      const chosen = sample(ground, points, isLong ? points.length : ground.trials - CROWDS);
      const until = Date.now() + ground.minutes * 60_000;
      const counts = { boundaries: points.length, "killed at a boundary": 0, "killed in a crowd": 0 };
      let done = 0;
      for (const { scenario, at } of chosen) {
        if (Date.now() > until) break;
        if ((await once(ground, victims, scenario, at)).killed) counts["killed at a boundary"] += 1;
        done += 1;
        if (done % 25 === 0) ground.say(`${done} of ${chosen.length} boundaries`);
      }
      const crowds = isLong ? ground.trials : CROWDS;
      let tried = 0;
      for (; tried < crowds && Date.now() < until + ground.minutes * 20_000; tried += 1) {
        if (await killUnderLoad(ground, victims)) counts["killed in a crowd"] += 1;
        if (tried % 25 === 24) ground.say(`${tried + 1} of ${crowds} crowds`);
      }
      return { ...counts, trials: done + tried };
    } finally {
      victims.close();
    }
  },
};

/** Random kills under load in the short form. */
const CROWDS = 2;

/** Every scenario runs once unharmed: how many boundaries it has, and that it ends right at all. */
async function countPoints(ground: Ground, victims: Victims): Promise<{ scenario: Scenario; at: number }[]> {
  const points: { scenario: Scenario; at: number }[] = [];
  for (const scenario of Object.keys(scenarios) as Scenario[]) {
    if (ground.only.length > 0 && !ground.only.includes(scenario)) continue;
    const { passed } = await once(ground, victims, scenario, 0);
    ground.say(`${scenario}: ${passed} boundaries`);
    for (let at = 1; at <= passed; at += 1) points.push({ scenario, at });
  }
  return points;
}

async function once(ground: Ground, victims: Victims, scenario: Scenario, killAt: number) {
  const { act, recover, ends, variantId, ...told } = await scenarios[scenario](ground);
  const death = await victims.run({ act, killAt, told });
  const where = `${scenario} killed at ${killAt}`;
  if (!death.killed && death.outcome !== "done") ground.expect(false, `${where}: ${death.outcome}`);
  try {
    await recover();
    await quiet(ground);
  } catch (error) {
    ground.expect(false, `${where}: what follows a crash failed: ${error}`);
  }
  const [made] = await db.execute<{ id: string; count: number; payments: number }>(query`
    SELECT o.id, count(*) OVER ()::int AS count, (SELECT count(*) FROM payments p WHERE p.order_id = o.id)::int AS payments
    FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE l.variant_id = ${variantId}`);
  const state = made && (await stateOf(made.id));
  const stock = await stockOf(variantId);
  const { onHand, ...money } = ends;
  const expected = { ...money, count: 1, payments: 1, onHand, reserved: 0 };
  const found = {
    ...state,
    count: made?.count,
    payments: made?.payments,
    onHand: stock?.on_hand,
    reserved: stock?.reserved,
  };
  const isSame = Object.entries(expected).every(([key, value]) => found[key as keyof typeof found] === value);
  ground.expect(isSame, `${where}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  return death;
}

function sample<T>({ random }: Ground, from: readonly T[], many: number): T[] {
  const left = [...from];
  const chosen: T[] = [];
  while (chosen.length < many && left.length > 0)
    chosen.push(...left.splice(Math.floor(random() * left.length), 1));
  return chosen;
}
