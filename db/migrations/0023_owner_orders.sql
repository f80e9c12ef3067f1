-- Each owner's orders as narrow as their list is read along, so that it need not ask everybody's orders, lines and addresses.
CREATE TABLE "owner_orders" (
	"order_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"status" "order_status" NOT NULL,
	"part" "fulfilment_status" NOT NULL,
	"country" text,
	"total" bigint NOT NULL,
	CONSTRAINT "owner_orders_order_id_owner_id_pk" PRIMARY KEY("order_id","owner_id")
);
--> statement-breakpoint
ALTER TABLE "owner_orders" ADD CONSTRAINT "owner_orders_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owner_orders" ADD CONSTRAINT "owner_orders_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "owner_orders_placed_idx" ON "owner_orders" USING btree ("owner_id","placed_at" DESC NULLS FIRST,"order_id");--> statement-breakpoint
CREATE INDEX "owner_orders_status_idx" ON "owner_orders" USING btree ("owner_id","status","placed_at" DESC NULLS FIRST,"order_id");--> statement-breakpoint
CREATE INDEX "owner_orders_country_idx" ON "owner_orders" USING btree ("owner_id","country","placed_at" DESC NULLS FIRST,"order_id");--> statement-breakpoint
CREATE INDEX "owner_orders_total_idx" ON "owner_orders" USING btree ("owner_id","total" DESC NULLS FIRST,"order_id");
--> statement-breakpoint
COMMENT ON COLUMN "owner_orders"."total" IS 'minor units of the currency';
--> statement-breakpoint
-- What the rows should be: db/books and the filling below read it.
CREATE VIEW owner_order_parts AS
SELECT f.order_id, f.owner_id, o.placed_at, o.status, f.status AS part, a.country, coalesce(l.total, 0)::bigint AS total
FROM fulfilments f JOIN orders o ON o.id = f.order_id
LEFT JOIN (SELECT order_id, owner_id, sum(total) AS total FROM order_lines GROUP BY 1, 2) l ON l.order_id = f.order_id AND l.owner_id = f.owner_id
LEFT JOIN order_addresses a ON a.order_id = f.order_id AND a.kind = 'shipping' AND a.replaced_at IS NULL;
--> statement-breakpoint
CREATE FUNCTION keep_owner_orders(of_order uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO owner_orders (order_id, owner_id, placed_at, status, part, country, total)
    SELECT order_id, owner_id, placed_at, status, part, country, total FROM owner_order_parts WHERE order_id = of_order
    ON CONFLICT (order_id, owner_id) DO NOTHING
$$;
--> statement-breakpoint
CREATE FUNCTION keep_owner_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'orders' THEN
    UPDATE owner_orders SET status = NEW.status WHERE order_id = NEW.id;
  ELSIF TG_OP = 'UPDATE' THEN
    UPDATE owner_orders SET part = NEW.status WHERE order_id = NEW.order_id AND owner_id = NEW.owner_id;
  ELSE
    PERFORM keep_owner_orders(NEW.order_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- When all of the order is there: its address is written after its parts.
CREATE CONSTRAINT TRIGGER fulfilments_owner_order AFTER INSERT ON fulfilments DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION keep_owner_order();
--> statement-breakpoint
CREATE TRIGGER fulfilments_owner_order_moved AFTER UPDATE OF status ON fulfilments
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION keep_owner_order();
--> statement-breakpoint
CREATE TRIGGER orders_owner_order_moved AFTER UPDATE OF status ON orders
  FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION keep_owner_order();
--> statement-breakpoint
-- What was ordered before is written by a job, some hundred orders at a time.
SELECT graphile_worker.add_job('reports.owner_orders', '{}'::json) WHERE EXISTS (SELECT FROM fulfilments);
