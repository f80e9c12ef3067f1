/** Our TypeScript as one file, for tests and campaigns that start it many times: it begins in a third of the time that tsx takes. */
import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Loader, type Plugin } from "esbuild";
import { FOR_NODE } from "../bundle";
import { ROOT } from "../install.mjs";

const FOLDER = join(ROOT, "node_modules", ".cache", "tallystick");
const made = new Map<string, Promise<string>>();

/** The path of what `node` runs in the place of `tsx FILE`; files are found where the source would find them. */
export function bundled(file: string): Promise<string> {
  const begun = made.get(file) ?? make(file);
  made.set(file, begun);
  return begun;
}

async function make(file: string): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  const to = join(FOLDER, `${file.replace(/\W+/g, "-")}.mjs`);
  // Another process may be reading or making the same.
  const part = to.replace(/mjs$/, `${process.pid}.mjs`);
  const source = join(ROOT, file);
  // A script that asks whether it was started itself is told yes.
  const js = `${FOR_NODE.banner.js}process.argv[1]=${JSON.stringify(source)};`;
  await build({
    ...FOR_NODE,
    banner: { js },
    entryPoints: [source],
    outfile: part,
    plugins: [inPlace],
  });
  renameSync(part, to);
  return to;
}

/** A module that asks where it lies hears where its source does. */
const inPlace: Plugin = {
  name: "in place",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.(?:tsx?|mjs)$/ }, ({ path }) => {
      if (path.includes("node_modules")) return undefined;
      const contents = readFileSync(path, "utf8")
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path)))
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)));
      return { contents, loader: path.replace(/^.*\.m?/, "") as Loader };
    });
  },
};
