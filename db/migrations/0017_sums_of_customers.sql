-- Sums of each customer's orders, so that lists of customers need not add up everybody's.
CREATE TABLE "customer_sums" (
	"holder" text COLLATE "C" PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"placed" integer DEFAULT 0 NOT NULL,
	"orders" integer DEFAULT 0 NOT NULL,
	"cancelled" integer DEFAULT 0 NOT NULL,
	"spent" bigint DEFAULT 0 NOT NULL,
	"refunded" bigint DEFAULT 0 NOT NULL,
	"first_order" uuid,
	"last_order" uuid,
	"first_at" timestamp with time zone,
	"last_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "customer_sums" ADD CONSTRAINT "customer_sums_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "customer_sums_user_key" ON "customer_sums" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "customer_sums_last_idx" ON "customer_sums" USING btree ("last_at" DESC NULLS LAST,"holder");--> statement-breakpoint
CREATE INDEX "customer_sums_spent_idx" ON "customer_sums" USING btree ("spent" DESC NULLS LAST,"holder");--> statement-breakpoint
CREATE INDEX "customer_sums_orders_idx" ON "customer_sums" USING btree ("orders" DESC NULLS LAST,"holder");
--> statement-breakpoint
COMMENT ON COLUMN "customer_sums"."spent" IS 'minor units of the currency';
--> statement-breakpoint
COMMENT ON COLUMN "customer_sums"."refunded" IS 'minor units of the currency';
--> statement-breakpoint
-- Whose an order is: an account, or the address that a guest gave. Who was erased (lib/domain/erased.ts) is nobody.
CREATE FUNCTION order_holder(user_id uuid, email text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN user_id IS NOT NULL THEN user_id::text WHEN right(email, 15) <> '@erased.invalid' THEN lower(email) END COLLATE "C"
$$;
--> statement-breakpoint
-- What the sums should be, for those whose orders are given: db/books and the filling below read it.
CREATE VIEW customer_tallies AS
SELECT h.holder, o.user_id, count(*)::integer AS placed,
  (count(*) FILTER (WHERE o.status NOT IN ('pending', 'cancelled')))::integer AS orders,
  (count(*) FILTER (WHERE o.status = 'cancelled'))::integer AS cancelled,
  coalesce(sum(o.captured - o.refunded) FILTER (WHERE o.currency = s.currency), 0)::bigint AS spent,
  coalesce(sum(o.refunded) FILTER (WHERE o.currency = s.currency), 0)::bigint AS refunded,
  min(o.id::text COLLATE "C")::uuid AS first_order, max(o.id::text COLLATE "C")::uuid AS last_order,
  min(o.placed_at) FILTER (WHERE o.status NOT IN ('pending', 'cancelled')) AS first_at,
  max(o.placed_at) FILTER (WHERE o.status NOT IN ('pending', 'cancelled')) AS last_at
FROM orders o CROSS JOIN LATERAL (SELECT order_holder(o.user_id, o.email) AS holder) h
LEFT JOIN settings s ON s.id = 1
WHERE h.holder IS NOT NULL GROUP BY h.holder, o.user_id;
--> statement-breakpoint
-- Adds everything up anew: after rows were written with triggers off.
CREATE FUNCTION recount_customers() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  LOCK TABLE customer_sums IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM customer_sums;
  INSERT INTO customer_sums (holder, user_id, placed, orders, cancelled, spent, refunded, first_order, last_order, first_at, last_at)
    SELECT holder, user_id, placed, orders, cancelled, spent, refunded, first_order, last_order, first_at, last_at FROM customer_tallies;
  INSERT INTO customer_sums (holder, user_id) SELECT id::text, id FROM users ON CONFLICT DO NOTHING;
END $$;
--> statement-breakpoint
-- Runs as the transaction commits, so that nobody waits for a customer's row while an order is being made. Counts are
-- moved by what changed; first and last are read again where an order no longer counts, once the row is locked.
CREATE FUNCTION keep_customer_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  store text := (SELECT currency FROM settings WHERE id = 1);
  was text;
  is_now text := order_holder(NEW.user_id, NEW.email);
  counted integer := 0;
  counts integer := (NEW.status NOT IN ('pending', 'cancelled'))::integer;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    was := order_holder(OLD.user_id, OLD.email);
    counted := (OLD.status NOT IN ('pending', 'cancelled'))::integer;
  END IF;
  IF was IS NOT NULL THEN
    PERFORM FROM customer_sums WHERE holder = was FOR UPDATE;
    UPDATE customer_sums SET placed = placed - 1, orders = orders - counted, cancelled = cancelled - (OLD.status = 'cancelled')::integer,
      spent = spent - CASE WHEN OLD.currency = store THEN OLD.captured - OLD.refunded ELSE 0 END,
      refunded = refunded - CASE WHEN OLD.currency = store THEN OLD.refunded ELSE 0 END
      WHERE holder = was;
  END IF;
  IF is_now IS NOT NULL THEN
    INSERT INTO customer_sums AS c (holder, user_id, placed, orders, cancelled, spent, refunded, first_order, last_order, first_at, last_at)
      SELECT is_now, NEW.user_id, 1, counts, (NEW.status = 'cancelled')::integer,
        CASE WHEN NEW.currency = store THEN NEW.captured - NEW.refunded ELSE 0 END,
        CASE WHEN NEW.currency = store THEN NEW.refunded ELSE 0 END,
        NEW.id, NEW.id, CASE WHEN counts = 1 THEN NEW.placed_at END, CASE WHEN counts = 1 THEN NEW.placed_at END
      -- An account that goes in the same transaction leaves its orders to their addresses.
      WHERE NEW.user_id IS NULL OR EXISTS (SELECT FROM users WHERE id = NEW.user_id)
      ON CONFLICT (holder) DO UPDATE SET placed = c.placed + 1, orders = c.orders + excluded.orders,
        cancelled = c.cancelled + excluded.cancelled, spent = c.spent + excluded.spent, refunded = c.refunded + excluded.refunded,
        first_order = least(c.first_order, excluded.first_order), last_order = greatest(c.last_order, excluded.last_order),
        first_at = least(c.first_at, excluded.first_at), last_at = greatest(c.last_at, excluded.last_at);
  END IF;
  IF was IS NOT NULL AND (was IS DISTINCT FROM is_now OR counted > counts) THEN
    IF OLD.user_id IS NULL THEN
      UPDATE customer_sums SET (first_order, last_order, first_at, last_at) = (
        SELECT min(o.id::text COLLATE "C")::uuid, max(o.id::text COLLATE "C")::uuid,
          min(o.placed_at) FILTER (WHERE o.status NOT IN ('pending', 'cancelled')), max(o.placed_at) FILTER (WHERE o.status NOT IN ('pending', 'cancelled'))
        FROM orders o WHERE o.user_id IS NULL AND lower(o.email) = was) WHERE holder = was;
      DELETE FROM customer_sums WHERE holder = was AND placed <= 0;
    ELSE
      UPDATE customer_sums SET (first_order, last_order, first_at, last_at) = (
        SELECT min(o.id::text COLLATE "C")::uuid, max(o.id::text COLLATE "C")::uuid,
          min(o.placed_at) FILTER (WHERE o.status NOT IN ('pending', 'cancelled')), max(o.placed_at) FILTER (WHERE o.status NOT IN ('pending', 'cancelled'))
        FROM orders o WHERE o.user_id = OLD.user_id) WHERE holder = was;
    END IF;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION begin_customer_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO customer_sums (holder, user_id) SELECT id::text, id FROM users WHERE id = NEW.id ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Nobody orders while everything is added up; the locks are kept until the triggers are there.
LOCK TABLE users, orders IN SHARE ROW EXCLUSIVE MODE;
--> statement-breakpoint
SELECT recount_customers();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER orders_customer_new AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION keep_customer_sums();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER orders_customer_moved AFTER UPDATE OF user_id, email, status, captured, refunded ON orders DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN ((OLD.user_id, OLD.email, OLD.status, OLD.captured, OLD.refunded) IS DISTINCT FROM (NEW.user_id, NEW.email, NEW.status, NEW.captured, NEW.refunded))
  EXECUTE FUNCTION keep_customer_sums();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER users_customer_new AFTER INSERT ON users DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION begin_customer_sums();
--> statement-breakpoint
-- Sums are in the store's currency, which changes only while there are no orders; whoever changes it by hand is heard.
CREATE FUNCTION recount_in_currency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM recount_customers();
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER settings_currency_sums AFTER UPDATE OF currency ON settings FOR EACH ROW
  WHEN (OLD.currency <> NEW.currency) EXECUTE FUNCTION recount_in_currency();
