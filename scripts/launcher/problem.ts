/** A failure that its reader can mend: one sentence that says what to do. Everything else is a bug and shows its stack. */
export class Problem extends Error {
  override name = "Problem";
}

/** Turns what the system says about files and disks into such a sentence; anything else is passed through. */
export function asProblem(error: unknown, folder: string): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOSPC" || code === "EDQUOT" || /no space left on device/i.test(error.message)) {
    return new Problem(
      `The disk that holds ${folder} is full: free some space there, or set DATA_DIR to a folder on another disk.`,
    );
  }
  if (
    ["EACCES", "EPERM", "EROFS", "ENOTDIR"].includes(code) ||
    (error as NodeJS.ErrnoException).syscall === "mkdir" ||
    /permission denied|read-only file system/i.test(error.message)
  ) {
    return new Problem(
      `${folder} cannot be written: change who owns it, or set DATA_DIR to a folder that is yours.`,
    );
  }
  // Drizzle and others wrap what PostgreSQL said.
  const within = error.cause === undefined ? undefined : asProblem(error.cause, folder);
  return within instanceof Problem ? within : error;
}
