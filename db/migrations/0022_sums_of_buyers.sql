-- Sums of the buyers of each owner, so that an owner's list of customers need not add up everybody's lines.
CREATE TABLE "buyer_sums" (
	"owner_id" uuid NOT NULL,
	"holder" text COLLATE "C" NOT NULL,
	"is_guest" boolean NOT NULL,
	"orders" integer DEFAULT 0 NOT NULL,
	"value" bigint DEFAULT 0 NOT NULL,
	"first_order" uuid NOT NULL,
	"last_order" uuid NOT NULL,
	"last_at" timestamp with time zone,
	CONSTRAINT "buyer_sums_owner_id_holder_pk" PRIMARY KEY("owner_id","holder")
);
--> statement-breakpoint
ALTER TABLE "buyer_sums" ADD CONSTRAINT "buyer_sums_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "buyer_sums_last_idx" ON "buyer_sums" USING btree ("owner_id","last_at" DESC NULLS LAST,"first_order");--> statement-breakpoint
CREATE INDEX "buyer_sums_value_idx" ON "buyer_sums" USING btree ("owner_id","value" DESC NULLS LAST,"first_order");--> statement-breakpoint
CREATE INDEX "buyer_sums_orders_idx" ON "buyer_sums" USING btree ("owner_id","orders" DESC NULLS LAST,"first_order");
--> statement-breakpoint
COMMENT ON COLUMN "buyer_sums"."value" IS 'minor units of the currency';
--> statement-breakpoint
-- What the sums should be: db/books and the filling below read it.
CREATE VIEW buyer_tallies AS
SELECT l.owner_id, h.holder, o.user_id IS NULL AS is_guest,
  (count(*) FILTER (WHERE o.status NOT IN ('pending', 'cancelled')))::integer AS orders,
  coalesce(sum(l.value) FILTER (WHERE o.captured > 0 AND o.currency = s.currency), 0)::bigint AS value,
  min(o.id::text COLLATE "C")::uuid AS first_order, max(o.id::text COLLATE "C")::uuid AS last_order,
  max(o.placed_at) FILTER (WHERE o.status NOT IN ('pending', 'cancelled')) AS last_at
FROM (SELECT owner_id, order_id, sum(total - refunded_amount) AS value FROM order_lines GROUP BY 1, 2) l
JOIN orders o ON o.id = l.order_id CROSS JOIN LATERAL (SELECT order_holder(o.user_id, o.email) AS holder) h
LEFT JOIN settings s ON s.id = 1
WHERE h.holder IS NOT NULL GROUP BY l.owner_id, h.holder, o.user_id IS NULL;
--> statement-breakpoint
-- Everything anew: after rows were written with triggers off, and where the store's currency changed.
CREATE OR REPLACE FUNCTION recount_customers() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  LOCK TABLE customer_sums, buyer_sums IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM customer_sums;
  INSERT INTO customer_sums (holder, user_id, placed, orders, cancelled, spent, refunded, first_order, last_order, first_at, last_at)
    SELECT holder, user_id, placed, orders, cancelled, spent, refunded, first_order, last_order, first_at, last_at FROM customer_tallies;
  INSERT INTO customer_sums (holder, user_id) SELECT id::text, id FROM users ON CONFLICT DO NOTHING;
  DELETE FROM buyer_sums;
  INSERT INTO buyer_sums (owner_id, holder, is_guest, orders, value, first_order, last_order, last_at)
    SELECT owner_id, holder, is_guest, orders, value, first_order, last_order, last_at FROM buyer_tallies;
END $$;
--> statement-breakpoint
-- One buyer of one owner, added up anew. The row is locked first: whoever waited for it reads what the other committed.
CREATE FUNCTION tally_buyer(of_owner uuid, of_user uuid, of_email text, an_order uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  of_holder text := order_holder(of_user, of_email);
BEGIN
  INSERT INTO buyer_sums (owner_id, holder, is_guest, first_order, last_order)
    VALUES (of_owner, of_holder, of_user IS NULL, an_order, an_order)
    ON CONFLICT (owner_id, holder) DO UPDATE SET is_guest = excluded.is_guest;
  UPDATE buyer_sums SET (orders, value, first_order, last_order, last_at) = (
    SELECT count(*) FILTER (WHERE o.status NOT IN ('pending', 'cancelled')),
      coalesce(sum(l.value) FILTER (WHERE o.captured > 0 AND o.currency = (SELECT currency FROM settings WHERE id = 1)), 0),
      coalesce(min(o.id::text COLLATE "C")::uuid, an_order), coalesce(max(o.id::text COLLATE "C")::uuid, an_order),
      max(o.placed_at) FILTER (WHERE o.status NOT IN ('pending', 'cancelled'))
    FROM orders_of_holder(of_user, of_holder) o JOIN LATERAL (
      SELECT sum(total - refunded_amount) AS value FROM order_lines WHERE order_id = o.id AND owner_id = of_owner HAVING count(*) > 0
    ) l ON true
  ) WHERE owner_id = of_owner AND holder = of_holder;
END $$;
--> statement-breakpoint
CREATE FUNCTION orders_of_holder(of_user uuid, of_holder text) RETURNS SETOF orders LANGUAGE sql STABLE AS $$
  SELECT * FROM orders WHERE user_id = of_user
  UNION ALL SELECT * FROM orders WHERE of_user IS NULL AND user_id IS NULL AND lower(email) = of_holder
$$;
--> statement-breakpoint
-- Adds what changed, so that the next order of a buyer of thousands costs no more than the first. What was refunded of a
-- line is told by its own trigger.
CREATE FUNCTION keep_buyer_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_ours boolean := NEW.currency = (SELECT currency FROM settings WHERE id = 1);
  is_now text := order_holder(NEW.user_id, NEW.email);
  counts integer := (NEW.status NOT IN ('pending', 'cancelled'))::integer;
  has integer := (NEW.captured > 0)::integer;
  was text;
  counted integer := 0;
  had integer := 0;
  is_moved boolean := false;
  seller record;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    was := order_holder(OLD.user_id, OLD.email);
    counted := (OLD.status NOT IN ('pending', 'cancelled'))::integer;
    had := (OLD.captured > 0)::integer;
    is_moved := was IS DISTINCT FROM is_now;
  END IF;
  -- In one order, so that two orders of several owners do not wait for each other.
  FOR seller IN SELECT owner_id AS id, sum(total)::bigint AS total, CASE WHEN is_moved THEN sum(refunded_amount) ELSE 0 END::bigint AS refunded
    FROM order_lines WHERE order_id = NEW.id GROUP BY owner_id ORDER BY owner_id
  LOOP
    IF is_moved AND was IS NOT NULL THEN
      UPDATE buyer_sums SET orders = orders - counted, value = value - CASE WHEN is_ours THEN had * seller.total - seller.refunded ELSE 0 END
        WHERE owner_id = seller.id AND holder = was;
    END IF;
    IF is_now IS NOT NULL THEN
      INSERT INTO buyer_sums AS b (owner_id, holder, is_guest, orders, value, first_order, last_order, last_at)
        VALUES (seller.id, is_now, NEW.user_id IS NULL, counts - CASE WHEN is_moved THEN 0 ELSE counted END,
          CASE WHEN is_ours THEN (has - CASE WHEN is_moved THEN 0 ELSE had END) * seller.total - seller.refunded ELSE 0 END,
          NEW.id, NEW.id, CASE WHEN counts = 1 THEN NEW.placed_at END)
        ON CONFLICT (owner_id, holder) DO UPDATE SET orders = b.orders + excluded.orders, value = b.value + excluded.value,
          first_order = least(b.first_order, excluded.first_order), last_order = greatest(b.last_order, excluded.last_order),
          last_at = greatest(b.last_at, excluded.last_at);
    END IF;
    -- The latest may be gone: looked for among those that are left.
    IF was IS NOT NULL AND (is_moved OR counted > counts) THEN
      UPDATE buyer_sums SET (first_order, last_order, last_at) = (
        SELECT coalesce(min(o.id::text COLLATE "C")::uuid, NEW.id), coalesce(max(o.id::text COLLATE "C")::uuid, NEW.id),
          max(o.placed_at) FILTER (WHERE o.status NOT IN ('pending', 'cancelled'))
        FROM orders_of_holder(OLD.user_id, was) o WHERE EXISTS (SELECT FROM order_lines WHERE order_id = o.id AND owner_id = seller.id)
      ) WHERE owner_id = seller.id AND holder = was;
      DELETE FROM buyer_sums b WHERE is_moved AND owner_id = seller.id AND holder = was
        AND NOT EXISTS (SELECT FROM orders WHERE id = b.first_order AND order_holder(user_id, email) = was);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION keep_buyer_sums_of_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE buyer_sums SET value = value - (NEW.refunded_amount - OLD.refunded_amount)
    FROM orders o JOIN settings s ON s.id = 1 AND s.currency = o.currency
    WHERE o.id = NEW.order_id AND buyer_sums.owner_id = NEW.owner_id AND buyer_sums.holder = order_holder(o.user_id, o.email);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- What a later step of the order changes nothing about is left out: each order is counted twice, not ten times.
CREATE CONSTRAINT TRIGGER orders_buyer_new AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION keep_buyer_sums();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER orders_buyer_moved AFTER UPDATE OF user_id, email, status, captured ON orders DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN ((OLD.user_id, OLD.email, OLD.status IN ('pending', 'cancelled'), OLD.captured > 0)
    IS DISTINCT FROM (NEW.user_id, NEW.email, NEW.status IN ('pending', 'cancelled'), NEW.captured > 0))
  EXECUTE FUNCTION keep_buyer_sums();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER order_lines_buyer_refunded AFTER UPDATE OF refunded_amount ON order_lines DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.refunded_amount <> NEW.refunded_amount) EXECUTE FUNCTION keep_buyer_sums_of_line();
--> statement-breakpoint
-- What was ordered before is added up by a job: in here nobody could order meanwhile.
SELECT graphile_worker.add_job('reports.buyers', '{}'::json) WHERE EXISTS (SELECT FROM orders);
--> statement-breakpoint
-- An owner's lists of what was refunded find it without reading every line.
CREATE INDEX IF NOT EXISTS "order_lines_refunded_idx" ON "order_lines" USING btree ("owner_id","order_id") WHERE "order_lines"."refunded_amount" > 0;
