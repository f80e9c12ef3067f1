// @ts-check
/** Whether this process has a moment free: what is worked on at once then waits for a database, else for the processor. */
import { performance } from "node:perf_hooks";

/** Milliseconds over which is looked. */
const OVER = 100;
/** Of them, the part in which something was reckoned; a loop that is never idle comes to 1. */
const BUSY = 0.95;

/**
 * Makes a question that costs next to nothing however often it is asked.
 * @returns {() => boolean}
 */
export function busyMeter() {
  let before = performance.eventLoopUtilization();
  let at = performance.now();
  let isBusy = false;
  return () => {
    const now = performance.now();
    if (now - at < OVER) return isBusy;
    const here = performance.eventLoopUtilization();
    isBusy = performance.eventLoopUtilization(here, before).utilization > BUSY;
    before = here;
    at = now;
    return isBusy;
  };
}
