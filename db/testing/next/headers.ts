/** Stands in for "next/headers" in tests of pages: a browser's cookies, and the headers of its request. */

/** The cookies of the browser that asks. */
export const jar = new Map<string, string>();

export const OWN = {
  host: "localhost:3000",
  origin: "http://localhost:3000",
  "x-forwarded-proto": "http",
  "next-action": "test",
};

export async function cookies() {
  return {
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
    delete: (name: string) => jar.delete(name),
  };
}

export async function headers(): Promise<Headers> {
  return new Headers(OWN);
}
