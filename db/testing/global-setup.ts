/** Before all tests: one throw-away PostgreSQL with one migrated template database; afterwards all of it is removed. */
import type { TestProject } from "vitest/node";
import { migrate } from "../migrate";
import { startThrowaway } from "../throwaway";
import { TEMPLATE } from "./template";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the test server's administration database. */
    postgresUrl: string;
    /** Its Unix socket; empty where there is none. */
    postgresSocket: string;
    /** For files of the tests: removed with the server. */
    folder: string;
  }
}

/** Starts the server; the function it answers stops and removes it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startThrowaway("tallystick-test-");
  const { default: postgres } = await import("postgres");
  const admin = postgres(server.urlOf("postgres"), { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${TEMPLATE}`);
  await admin.end();
  await migrate(server.urlOf(TEMPLATE));
  project.provide("postgresUrl", server.urlOf("postgres"));
  project.provide("postgresSocket", server.socket ?? "");
  project.provide("folder", server.folder);
  return server.stop;
}
