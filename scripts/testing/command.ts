/** Runs the commands of `npm run` in tests, as people do: a process of its own, on the database of the test. */
import { spawn } from "node:child_process";
import { gatewayUrl } from "@/db/testing/gateway";
import { bundled } from "./bundled";

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `scripts/NAME.ts` from the test's data folder; `env` is added to what it gets. Answers what it said and its exit code. */
export async function commandWith(
  env: Readonly<Record<string, string>>,
  name: string,
  ...args: string[]
): Promise<Said> {
  const script = await bundled(`scripts/${name}.ts`);
  return new Promise((done) => {
    const child = spawn(process.execPath, [script, ...args], {
      env: {
        ...process.env,
        SHOP_DATABASE: "external",
        SHOP_GATEWAY: "sandbox",
        SANDBOX_URL: gatewayUrl(),
        INIT_CWD: process.env.DATA_DIR ?? "",
        ...env,
      },
    });
    const said = { out: "", err: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said.out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said.err += text;
    });
    child.once("close", (code) => done({ code, ...said }));
  });
}

/** The same with nothing added. */
export const command = (name: string, ...args: string[]): Promise<Said> => commandWith({}, name, ...args);
