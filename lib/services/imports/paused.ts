/** Imports: a file held open between two slices of its work, so that the next slice goes on where the last one stopped. */
import type { Column } from "@/lib/domain/imports/columns";
import type { Group } from "@/lib/domain/imports/groups";
import { groupsOf, type Survey, survey } from "./file";

/** A file that is being read. */
export interface Reading {
  readonly file: Survey;
  readonly groups: AsyncGenerator<Group>;
}

/** Which file it is, what its columns are taken for, and how many of its groups were read. */
export interface Spot {
  readonly importId: string;
  readonly path: string;
  readonly chosen: readonly (Column | null)[] | undefined;
  readonly done: number;
}

/** The next slice comes at once as a rule; an import that was stopped does not keep its file open. */
const HELD_MS = 300_000;

/** One at a time: a worker that reads two large files in turns reads each from its start, as one that was killed does. */
let held: { readonly spot: string; readonly reading: Reading; readonly timer: NodeJS.Timeout } | undefined;

const nameOf = (spot: Spot): string => JSON.stringify(spot);

/** Keeps a file open at a spot. */
export async function putAside(spot: Spot, reading: Reading): Promise<void> {
  await letGo();
  const timer = setTimeout(() => void letGo(), HELD_MS);
  timer.unref();
  held = { spot: nameOf(spot), reading, timer };
}

/**
 * The file at a spot: held open there by the slice before, else read from its start up to it.
 * @throws ImportProblem as `survey`
 */
export async function takeUp(spot: Spot): Promise<Reading> {
  if (held?.spot === nameOf(spot)) {
    const { reading, timer } = held;
    held = undefined;
    clearTimeout(timer);
    return reading;
  }
  await letGo();
  const file = await survey(spot.path, spot.chosen);
  const groups = groupsOf(file);
  for (let group = 0; group < spot.done; group += 1) if ((await groups.next()).done) break;
  return { file, groups };
}

async function letGo(): Promise<void> {
  const was = held;
  held = undefined;
  if (!was) return;
  clearTimeout(was.timer);
  await was.reading.groups.return(undefined);
}
