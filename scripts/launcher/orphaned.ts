/** Tells when the shell that npm runs a script in is gone: npm hands a SIGTERM to that shell, which ends and tells nobody. */

const EVERY_MS = 250;

/** Calls `then` once where this process was started by npm and its parent has ended. */
export function whenOrphaned(then: () => void): void {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    then();
  }, EVERY_MS);
  // It keeps nothing alive that would end by itself.
  watch.unref();
}
