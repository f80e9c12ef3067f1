/** `npm run campaign -- NAME`: runs a campaign in its long form on a PostgreSQL of its own, which is thrown away. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { migrate } from "@/db/migrate";
import { startThrowaway } from "@/db/throwaway";
import type { Campaign } from "./campaigns/ground";
import { CAMPAIGNS, campaignSettings } from "./campaigns/list";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: "string" },
    seed: { type: "string" },
    only: { type: "string" },
    minutes: { type: "string" },
    short: { type: "boolean" },
    from: { type: "string" },
    list: { type: "boolean" },
    help: { type: "boolean" },
  },
});

if (values.help || (positionals.length === 0 && !values.list)) usage();
else if (values.list) await list();
else if (positionals[0] === "upgrade") {
  const { upgradeFrom } = await import("./campaigns/upgrade");
  process.exit(upgradeFrom(values.from) ? 0 : 1);
} else process.exit(await run(positionals));

function usage(): void {
  console.log(`
  npm run campaign -- NAME…             runs these in their long form; "all" runs every one
      --trials N                        instead of the campaign's own number
      --seed S                          the dice of a run before; without it a new one, which is printed
      --only PART,PART                  of \`kill\`: these scenarios alone
      --minutes M                       of \`kill\`: stops after so many and tells how far it came
      --short                           as inside npm test
  npm run campaign -- upgrade           the previous release's app on this schema (docs/upgrade.md)
      --from REF                        that release; the last tag, or what was there before the latest migration
  npm run campaign -- --list            what there is, and what each proves

  The exit code is 0 only if everything held. What is measured, and how a fault is replayed: docs/campaigns.md
`);
}

async function list(): Promise<void> {
  for (const load of Object.values(CAMPAIGNS)) {
    const { name, about, short, long } = await load();
    console.log(`  ${name.padEnd(10)} ${about} (${short} trials in npm test, ${long} by hand)`);
  }
}

async function run(names: string[]): Promise<number> {
  const wanted = names.includes("all") ? Object.keys(CAMPAIGNS) : names;
  const unknown = wanted.filter((name) => !(name in CAMPAIGNS));
  if (unknown.length > 0) {
    console.error(
      `  ✗ There is no campaign ${unknown.join(", ")}. There are: ${Object.keys(CAMPAIGNS).join(", ")}`,
    );
    return 2;
  }
  const [first, ...rest] = wanted;
  // One process, one database client: each campaign after the first runs in a process of its own.
  let failed = first ? await single(first) : false;
  for (const name of rest) failed = (await again(name)) || failed;
  return failed ? 1 : 0;
}

async function again(name: string): Promise<boolean> {
  const { spawnSync } = await import("node:child_process");
  const args = process.argv.slice(2).filter((arg) => !(arg in CAMPAIGNS) && arg !== "all");
  const script = join(import.meta.dirname, "campaign.ts");
  return (
    spawnSync(process.execPath, ["--import", "tsx", script, name, ...args], { stdio: "inherit" }).status !== 0
  );
}

async function single(name: string): Promise<boolean> {
  const server = await startThrowaway("tallystick-campaign-");
  try {
    await migrate(server.url);
    Object.assign(process.env, campaignSettings(server.url, join(server.folder, "data")));
    const campaign = await CAMPAIGNS[name as keyof typeof CAMPAIGNS]();
    return !(await report(campaign));
  } finally {
    const { sql } = await import("@/db/client");
    await sql.end({ timeout: 1 });
    await server.stop();
  }
}

async function report(campaign: Campaign): Promise<boolean> {
  const { runCampaign } = await import("./campaigns/ground");
  const trials = Number(values.trials ?? (values.short ? campaign.short : campaign.long));
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  const only = values.only?.split(",") ?? [];
  const size = { trials, seed, only, ...(values.minutes ? { minutes: Number(values.minutes) } : {}) };
  const begun = Date.now();
  console.log(`\n  ${campaign.name}: ${campaign.about}\n  ${trials} trials, --seed ${seed}`);
  const { counts, wrong } = await runCampaign(campaign, size, (line) =>
    console.log(`  ${String(Math.round((Date.now() - begun) / 1000)).padStart(5)} s  ${line}`),
  );
  for (const [what, count] of Object.entries(counts)) console.log(`  ${String(count).padStart(9)}  ${what}`);
  for (const line of wrong.slice(0, 40)) console.error(`  ✗ ${line}`);
  console.log(wrong.length === 0 ? "  ✓ the books are clean" : `  ✗ ${wrong.length} faults`);
  return wrong.length === 0;
}
