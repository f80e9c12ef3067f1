/** A key that is new with each process, for reads that stand on pages which are finished per request. */

/**
 * Passed to a cached read as an argument, it keeps what a build or an earlier process put into a page's shell from
 * being taken for true: such a shell carries its reads along, and nobody remembers which of their tags expired.
 */
export const BOOT = String(performance.timeOrigin);
