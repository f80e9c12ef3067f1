/** The folder of the clone. */
export const ROOT: string;
/** Ends the process with one sentence where Node is too old or installing does not work. */
export function ensureInstalled(): void;
/** Goes on in TypeScript, in this process; `file` is relative to scripts/. */
export function goOnWith(file: string): Promise<void>;
