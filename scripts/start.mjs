// `npm start` and `npm run dev`: installs what is missing, then hands over to scripts/launch.ts.
import { ensureInstalled, goOnWith } from "./install.mjs";

if (process.argv.includes("--help")) {
  console.log(`
  npm start          a whole shop: database, payment sandbox, job worker, web server
  npm run dev        the same with hot reload

  Settings, in the environment or in a file .env:
    PORT=3000                    where the shop listens
    DATA_DIR=./.data             where database, pictures and secrets are kept
    DATABASE_URL=postgres://…    your own PostgreSQL 15 or newer instead of the embedded one
    SITE_URL=https://…           the address that shoppers use
    STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET
                                 real Stripe instead of the payment sandbox (all three or none)
    SMTP_URL=smtp://user:password@host:587
                                 a mail server; without it mail is kept and shown under /admin/mail
    S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY
                                 a bucket for pictures instead of DATA_DIR (docs/storage.md)
    MAIL_FROM=shop@…             the sender's address instead of the store's own

  All of them: docs/environment.md
`);
} else {
  ensureInstalled();
  await goOnWith("./launch.ts");
}
