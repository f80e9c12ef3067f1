/** Stands in for "next/navigation" in tests of pages: Next's own, but for what asks the browser where it is. */
export * from "next/navigation.js";
export const useRouter = () => ({});
export const usePathname = () => "/admin";
export const useSearchParams = () => new URLSearchParams();
