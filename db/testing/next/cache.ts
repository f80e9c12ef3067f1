/** Stands in for "next/cache" in tests of pages: nothing is kept, so nothing has to be made new. */
export function cacheTag(): void {}
export function cacheLife(): void {}
export function updateTag(): void {}
export function revalidateTag(): void {}
export function refresh(): void {}
