/** For tests of a disk that has no room left, as the file system tells it: for `vi.mock("node:fs/promises")`. */
type Files = typeof import("node:fs/promises");

export const disk = { isFull: false };

/** The file system's own functions, but that while the disk is full only half of a file is written. */
export function withinTheRoom(real: Files): Files & { default: Files } {
  const writeFile: Files["writeFile"] = async (file, data, ...rest) => {
    if (!disk.isFull) return real.writeFile(file, data, ...rest);
    await real.writeFile(file, "half");
    throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
  };
  return { ...real, writeFile, default: { ...real, writeFile } };
}
