/** Which tests may be skipped, and where: `npm test` fails where any other is. */
import type { Count } from "./step";

/** By the reason: names as `FILE > TITLE`; a star stands for what differs. */
export const MAY_BE_SKIPPED: Readonly<Record<string, readonly string[]>> = {
  "no redis-server here (apt-get install redis-server)": [
    "app/outages/redis.test.ts > once it is back every server hears of it",
    "lib/caching/shared.test.ts > what one made another has, until its tag expires anywhere",
    "lib/caching/shared.test.ts > a Redis that is slow to take a record has it from the worker all the same",
    "lib/caching/shared.test.ts > what changed while it was made is not kept",
    "lib/caching/shared.test.ts > a Redis that hangs or is gone costs a moment; what was there before is not believed after",
    "lib/caching/shared.test.ts > a cached read made by one is served by another, and again from memory",
    "lib/csp/cache-handler-shared.test.ts > of pages that are not there only those go to Redis that were there before",
  ],
  "no whole Chromium here (apt-get install chromium)": [
    "e2e/page-change.spec.ts > Back shows a page of the catalogue as it was, without asking for it @whole",
    "e2e/speed.spec.ts > * asks for few things, and for few more while nobody does anything @whole",
  ],
  "none of the faces here that stand in for ours (apt-get install fonts-liberation)": [
    "e2e/speed.spec.ts > * stands still when its faces come late",
  ],
  "the system lets fewer connections wait than the test makes (net.core.somaxconn)": [
    "lib/edge/acceptors.test.ts > a crowd that comes while the server is busy is kept waiting, not dropped",
  ],
  "no /dev/full here: another system than Linux": [
    "app/outages/disk.test.ts > a file for an import is told, and is none",
    "lib/upload.test.ts > a file that finds no room is told as that, and leaves nothing behind",
  ],
  "no exports of real shops beside the clone": [
    "lib/services/imports/run-never.test.ts > real exports * comes in whole, and once",
  ],
};

const listed = Object.values(MAY_BE_SKIPPED).flat();

/** What is left out without a whole Chromium: the project of these journeys is not there then. */
export const NEED_WHOLE: readonly string[] = listed.filter((name) => name.endsWith("@whole"));

function mayBeSkipped(name: string): boolean {
  return listed.some((each) => {
    const [begin = "", end] = each.split("*");
    return end === undefined ? name === begin : name.startsWith(begin) && name.endsWith(end);
  });
}

/**
 * A step's count with the names of what it skipped: one that is not on the list is a failure. Where something failed
 * nothing is added to that: what follows it is skipped, too.
 */
export function withSkips(count: Count, skipped: readonly string[]): Count {
  const strange = count.failed > 0 ? [] : skipped.filter((name) => !mayBeSkipped(name));
  const told = strange.map(
    (name) => `${name}\nIt was skipped, and scripts/testing/skips.ts does not know why.`,
  );
  return {
    ...count,
    skipped: skipped.length,
    failed: count.failed + strange.length,
    failures: [...(count.failures ?? []), ...told],
  };
}
