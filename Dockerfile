# The shop as an image: docs/deploy.md. `docker build -t tallystick .`
FROM node:22.21.1-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# The only install scripts among the packages belong to esbuild and to the database that comes with `npm start`: the
# first works without, the second has no place in an image (docs/dependencies.md).
RUN npm ci --ignore-scripts --include=dev
COPY . .
RUN DIST_DIR=.next node scripts/run.mjs scripts/standalone.ts /out

FROM node:22.21.1-bookworm-slim
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-old-space-size=320 \
    MALLOC_ARENA_MAX=2 \
    MALLOC_TRIM_THRESHOLD_=131072 \
    HOSTNAME=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data \
    DRAIN_SECONDS=3 \
    DEMO=off \
    SHOP_DATABASE=external \
    SHOP_GATEWAY=stripe
WORKDIR /app
COPY --from=build /out ./
# All that this user may write: its data, pages and sizes of pictures that were rendered.
RUN install -d -o node -g node /data .next/cache .next/server/route-cache
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "start.mjs"]
