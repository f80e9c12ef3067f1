/** Before all tests: one throw-away PostgreSQL with one migrated template database; afterwards all of it is removed. */
import type { TestProject } from "vitest/node";
import { migrate } from "../migrate";
import { startThrowaway, type Throwaway } from "../throwaway";
import { TEMPLATE } from "./template";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the test server's administration database. */
    postgresUrl: string;
    /** Its Unix socket; empty where there is none. */
    postgresSocket: string;
    /** For files of the tests: removed with the server. */
    folder: string;
    /** Do several files run in one process? */
    isShared: boolean;
  }
}

// Each project of vitest.config.ts asks for it, with modules of its own.
const held = globalThis as typeof globalThis & {
  tallystickServer?: Promise<Throwaway>;
  tallystickUsers?: number;
};

/** Starts the server, once for all projects; the last function it answered stops and removes it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  held.tallystickServer ??= start();
  held.tallystickUsers = (held.tallystickUsers ?? 0) + 1;
  const server = await held.tallystickServer;
  project.provide("postgresUrl", server.urlOf("postgres"));
  project.provide("postgresSocket", server.socket ?? "");
  project.provide("folder", server.folder);
  return async () => {
    held.tallystickUsers = (held.tallystickUsers ?? 1) - 1;
    if (held.tallystickUsers === 0) await server.stop();
  };
}

async function start(): Promise<Throwaway> {
  const server = await startThrowaway("tallystick-test-");
  const { default: postgres } = await import("postgres");
  const admin = postgres(server.urlOf("postgres"), { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${TEMPLATE}`);
  await admin.end();
  await migrate(server.urlOf(TEMPLATE));
  return server;
}
