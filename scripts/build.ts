/** `npm run build`: builds the app; it needs no database. `-- --if-changed` does nothing when the source is the one built last. */
import { ROOT } from "./install.mjs";
import { build, isBuilt } from "./launcher/build";
import { Problem } from "./launcher/problem";

const distDir = process.env.DIST_DIR || ".next";

if (process.argv.includes("--help")) {
  console.log(
    "\n  npm run build [-- --if-changed]   builds the app into .next (or DIST_DIR); needs no database\n",
  );
} else if (process.argv.includes("--if-changed") && isBuilt(ROOT, distDir)) {
  console.log("  ✓ the source is the one that was built last");
} else {
  await build(ROOT, distDir, (line) => line && console.log(line)).catch((error: unknown) => {
    console.error(error instanceof Problem ? `\n  ✗ ${error.message}\n` : error);
    process.exit(1);
  });
}
