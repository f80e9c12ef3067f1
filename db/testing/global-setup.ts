/** Before all tests: one throw-away PostgreSQL with one migrated template database; afterwards all of it is removed. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "../embedded";
import { migrate } from "../migrate";
import { TEMPLATE } from "./template";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the test server's administration database. */
    postgresUrl: string;
  }
}

/** Starts the server; the function it answers stops and removes it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "tallystick-test-"));
  // As root the server runs as `nobody`, who must be able to walk through.
  chmodSync(folder, 0o755);
  const server = await startPostgres({ dataDir: join(folder, "postgres"), durable: false });
  const { default: postgres } = await import("postgres");
  const admin = postgres(server.urlOf("postgres"), { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${TEMPLATE}`);
  await admin.end();
  await migrate(server.urlOf(TEMPLATE));
  project.provide("postgresUrl", server.urlOf("postgres"));
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
