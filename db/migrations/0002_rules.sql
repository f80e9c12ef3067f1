-- What the tables alone cannot say: partitions, append-only tables, status machines, frozen snapshots,
-- balanced postings, and the columns that are kept from other rows.

-- Monthly partitions ------------------------------------------------------------------------------------------
CREATE FUNCTION create_month_partitions(months_back integer, months_ahead integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parent text;
  first_day date;
BEGIN
  FOREACH parent IN ARRAY ARRAY['search_log', 'stock_movements', 'order_events', 'ledger_entries', 'webhook_events', 'audit'] LOOP
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I DEFAULT', parent || '_rest', parent);
    FOR i IN -months_back .. months_ahead LOOP
      first_day := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => i))::date;
      BEGIN
        EXECUTE format(
          'CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
          parent || to_char(first_day, '_YYYY_MM'), parent,
          first_day::timestamp AT TIME ZONE 'UTC', (first_day + interval '1 month') AT TIME ZONE 'UTC');
      EXCEPTION WHEN check_violation THEN
        -- Rows of that month lie in the default partition already (nobody made it in time): they stay there.
        NULL;
      END;
    END LOOP;
  END LOOP;
END $$;
--> statement-breakpoint
SELECT create_month_partitions(4, 3);
--> statement-breakpoint

-- Append-only tables --------------------------------------------------------------------------------------------
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER stock_movements_append_only BEFORE UPDATE OR DELETE ON stock_movements FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER stock_movements_no_truncate BEFORE TRUNCATE ON stock_movements FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_transactions_append_only BEFORE UPDATE OR DELETE ON ledger_transactions FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_transactions_no_truncate BEFORE TRUNCATE ON ledger_transactions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER order_events_append_only BEFORE UPDATE OR DELETE ON order_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER order_events_no_truncate BEFORE TRUNCATE ON order_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER price_changes_append_only BEFORE UPDATE OR DELETE ON price_changes FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER price_changes_no_truncate BEFORE TRUNCATE ON price_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER search_log_append_only BEFORE UPDATE OR DELETE ON search_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER search_log_no_truncate BEFORE TRUNCATE ON search_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER webhook_event_ids_append_only BEFORE UPDATE OR DELETE ON webhook_event_ids FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER webhook_event_ids_no_truncate BEFORE TRUNCATE ON webhook_event_ids FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- Status machines: the rows mirror lib/domain/machines.ts (a test compares them) ----------------------------------
CREATE TABLE status_transitions (
  machine text NOT NULL,
  from_status text NOT NULL,
  to_status text NOT NULL,
  PRIMARY KEY (machine, from_status, to_status)
);
--> statement-breakpoint
INSERT INTO status_transitions (machine, from_status, to_status) VALUES
  ('order', 'new', 'pending'),
  ('order', 'cancelled', 'confirmed'),
  ('order', 'confirmed', 'cancelled'),
  ('order', 'confirmed', 'processing'),
  ('order', 'delivered', 'completed'),
  ('order', 'pending', 'cancelled'),
  ('order', 'pending', 'confirmed'),
  ('order', 'processing', 'cancelled'),
  ('order', 'processing', 'shipped'),
  ('order', 'shipped', 'cancelled'),
  ('order', 'shipped', 'delivered'),
  ('fulfilment', 'new', 'open'),
  ('fulfilment', 'cancelled', 'open'),
  ('fulfilment', 'open', 'cancelled'),
  ('fulfilment', 'open', 'processing'),
  ('fulfilment', 'processing', 'cancelled'),
  ('fulfilment', 'processing', 'shipped'),
  ('fulfilment', 'shipped', 'cancelled'),
  ('fulfilment', 'shipped', 'delivered'),
  ('shipment', 'new', 'packed'),
  ('shipment', 'packed', 'shipped'),
  ('shipment', 'shipped', 'delivered'),
  ('shipment', 'shipped', 'lost'),
  ('shipment', 'shipped', 'returned'),
  ('payment', 'new', 'pending'),
  ('payment', 'cancelled', 'paid'),
  ('payment', 'failed', 'cancelled'),
  ('payment', 'failed', 'paid'),
  ('payment', 'failed', 'pending'),
  ('payment', 'pending', 'cancelled'),
  ('payment', 'pending', 'failed'),
  ('payment', 'pending', 'paid'),
  ('payment', 'pending', 'processing'),
  ('payment', 'processing', 'failed'),
  ('payment', 'processing', 'paid'),
  ('refund', 'new', 'reserved'),
  ('refund', 'pending', 'failed'),
  ('refund', 'pending', 'succeeded'),
  ('refund', 'reserved', 'failed'),
  ('refund', 'reserved', 'pending'),
  ('refund', 'reserved', 'succeeded'),
  ('refund', 'succeeded', 'failed'),
  ('dispute', 'new', 'open'),
  ('dispute', 'open', 'lost'),
  ('dispute', 'open', 'won'),
  ('return', 'new', 'requested'),
  ('return', 'approved', 'expired'),
  ('return', 'approved', 'received'),
  ('return', 'received', 'refunded'),
  ('return', 'requested', 'approved'),
  ('return', 'requested', 'rejected'),
  ('return', 'requested', 'withdrawn'),
  ('payout', 'new', 'pending'),
  ('payout', 'pending', 'failed'),
  ('payout', 'pending', 'paid'),
  ('reservation', 'new', 'active'),
  ('reservation', 'active', 'committed'),
  ('reservation', 'active', 'released');
--> statement-breakpoint
CREATE FUNCTION check_transition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  origin text := CASE TG_OP WHEN 'INSERT' THEN 'new' ELSE OLD.status::text END;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.status = NEW.status THEN RETURN NEW; END IF;
  IF NOT EXISTS (
    SELECT FROM status_transitions
    WHERE machine = TG_ARGV[0] AND from_status = origin AND to_status = NEW.status::text
  ) THEN
    RAISE EXCEPTION '% % cannot go from % to %', TG_ARGV[0], NEW.id, origin, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_transition';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER orders_transition BEFORE INSERT OR UPDATE OF status ON orders FOR EACH ROW EXECUTE FUNCTION check_transition('order');
--> statement-breakpoint
CREATE TRIGGER fulfilments_transition BEFORE INSERT OR UPDATE OF status ON fulfilments FOR EACH ROW EXECUTE FUNCTION check_transition('fulfilment');
--> statement-breakpoint
CREATE TRIGGER shipments_transition BEFORE INSERT OR UPDATE OF status ON shipments FOR EACH ROW EXECUTE FUNCTION check_transition('shipment');
--> statement-breakpoint
CREATE TRIGGER payments_transition BEFORE INSERT OR UPDATE OF status ON payments FOR EACH ROW EXECUTE FUNCTION check_transition('payment');
--> statement-breakpoint
CREATE TRIGGER refunds_transition BEFORE INSERT OR UPDATE OF status ON refunds FOR EACH ROW EXECUTE FUNCTION check_transition('refund');
--> statement-breakpoint
CREATE TRIGGER disputes_transition BEFORE INSERT OR UPDATE OF status ON disputes FOR EACH ROW EXECUTE FUNCTION check_transition('dispute');
--> statement-breakpoint
CREATE TRIGGER returns_transition BEFORE INSERT OR UPDATE OF status ON returns FOR EACH ROW EXECUTE FUNCTION check_transition('return');
--> statement-breakpoint
CREATE TRIGGER payouts_transition BEFORE INSERT OR UPDATE OF status ON payouts FOR EACH ROW EXECUTE FUNCTION check_transition('payout');
--> statement-breakpoint
CREATE TRIGGER stock_reservations_transition BEFORE INSERT OR UPDATE OF status ON stock_reservations FOR EACH ROW EXECUTE FUNCTION check_transition('reservation');
--> statement-breakpoint

-- Frozen snapshots ----------------------------------------------------------------------------------------------
-- Only the named columns of a row may change; TG_ARGV holds them.
CREATE FUNCTION refuse_other_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(OLD) - TG_ARGV) IS DISTINCT FROM (to_jsonb(NEW) - TG_ARGV) THEN
    RAISE EXCEPTION '% % is a snapshot and cannot change', TG_TABLE_NAME, OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER order_lines_frozen BEFORE UPDATE ON order_lines FOR EACH ROW
  EXECUTE FUNCTION refuse_other_changes('product_id', 'shipped_quantity', 'refunded_quantity', 'refunded_amount', 'returned_quantity');
--> statement-breakpoint
CREATE TRIGGER order_lines_kept BEFORE DELETE ON order_lines FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER order_addresses_frozen BEFORE UPDATE ON order_addresses FOR EACH ROW
  EXECUTE FUNCTION refuse_other_changes('replaced_at');
--> statement-breakpoint
CREATE TRIGGER order_addresses_kept BEFORE DELETE ON order_addresses FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION refuse_changed_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.number, OLD.currency, OLD.prices_include_tax, OLD.subtotal, OLD.discount, OLD.shipping, OLD.shipping_tax, OLD.tax, OLD.total)
    IS DISTINCT FROM
     (NEW.number, NEW.currency, NEW.prices_include_tax, NEW.subtotal, NEW.discount, NEW.shipping, NEW.shipping_tax, NEW.tax, NEW.total) THEN
    RAISE EXCEPTION 'the sums of order % cannot change', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER orders_sums_frozen BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION refuse_changed_sums();
--> statement-breakpoint
CREATE TRIGGER orders_kept BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint

-- Lines sum to their order, at commit; a line that comes later breaks the sum too ------------------------------------
CREATE FUNCTION check_order_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed uuid;
  wrong text;
BEGIN
  IF TG_TABLE_NAME = 'orders' THEN changed := NEW.id; ELSE changed := NEW.order_id; END IF;
  SELECT o.number INTO wrong
  FROM orders o
  LEFT JOIN LATERAL (
    SELECT COALESCE(sum(l.subtotal), 0) AS subtotal, COALESCE(sum(l.discount), 0) AS discount, COALESCE(sum(l.tax), 0) AS tax
    FROM order_lines l WHERE l.order_id = o.id
  ) s ON true
  WHERE o.id = changed AND (s.subtotal, s.discount, s.tax + o.shipping_tax) IS DISTINCT FROM (o.subtotal, o.discount, o.tax);
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'the lines of order % do not sum to it', wrong
      USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_lines_sum';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER orders_lines_sum AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_order_lines();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER order_lines_sum AFTER INSERT ON order_lines DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_order_lines();
--> statement-breakpoint

-- Postings sum to zero, at commit ----------------------------------------------------------------------------------
CREATE FUNCTION check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  posted bigint;
BEGIN
  SELECT sum(amount) INTO posted FROM ledger_entries WHERE transaction_id = NEW.transaction_id;
  IF posted <> 0 THEN
    RAISE EXCEPTION 'ledger transaction % is off by %', NEW.transaction_id, posted
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entries_balance';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_balance();
--> statement-breakpoint

-- A category never stands below itself -------------------------------------------------------------------------------
CREATE FUNCTION refuse_category_circle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.parent_id IS NOT NULL AND EXISTS (
    WITH RECURSIVE above AS (
      SELECT id, parent_id FROM categories WHERE id = NEW.parent_id
      UNION SELECT c.id, c.parent_id FROM categories c JOIN above a ON c.id = a.parent_id
    ) SELECT FROM above WHERE id = NEW.id
  ) THEN
    RAISE EXCEPTION 'category % would stand below itself', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'categories_no_circle';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER categories_no_circle BEFORE INSERT OR UPDATE OF parent_id ON categories FOR EACH ROW
  EXECUTE FUNCTION refuse_category_circle();
--> statement-breakpoint

-- Columns kept from other rows ----------------------------------------------------------------------------------------
CREATE FUNCTION keep_product_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search :=
    setweight(to_tsvector('shop', NEW.name), 'A') ||
    setweight(to_tsvector('shop', array_to_string(NEW.tags, ' ')), 'B') ||
    setweight(to_tsvector('simple', COALESCE((SELECT string_agg(sku, ' ') FROM variants WHERE product_id = NEW.id AND is_active), '')), 'B') ||
    setweight(to_tsvector('shop', COALESCE((
      WITH RECURSIVE above AS (
        SELECT id, parent_id, name FROM categories WHERE id = NEW.category_id
        UNION SELECT c.id, c.parent_id, c.name FROM categories c JOIN above a ON c.id = a.parent_id
      ) SELECT string_agg(name, ' ') FROM above), '')), 'C') ||
    setweight(to_tsvector('shop', NEW.subtitle || ' ' || regexp_replace(NEW.description, '<[^>]*>', ' ', 'g')), 'D');
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER products_search BEFORE INSERT OR UPDATE OF name, tags, category_id, subtitle, description, search ON products
  FOR EACH ROW EXECUTE FUNCTION keep_product_search();
--> statement-breakpoint
CREATE FUNCTION touch_products_of_category() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH RECURSIVE below AS (
    SELECT NEW.id AS id UNION SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id
  ) UPDATE products SET search = NULL WHERE category_id IN (SELECT id FROM below);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER categories_search AFTER UPDATE OF name, parent_id ON categories FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.parent_id IS DISTINCT FROM NEW.parent_id)
  EXECUTE FUNCTION touch_products_of_category();
--> statement-breakpoint
CREATE FUNCTION keep_product_prices() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid := COALESCE(NEW.product_id, OLD.product_id);
BEGIN
  UPDATE products p SET price_from = v.low, price_to = v.high, search = NULL
  FROM (SELECT min(price) AS low, max(price) AS high FROM variants WHERE product_id = touched AND is_active) v
  WHERE p.id = touched;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER variants_prices AFTER INSERT OR DELETE OR UPDATE OF price, is_active, sku ON variants FOR EACH ROW
  EXECUTE FUNCTION keep_product_prices();
--> statement-breakpoint
CREATE FUNCTION log_price_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR OLD.price <> NEW.price THEN
    INSERT INTO price_changes (id, variant_id, old_price, new_price, changed_by, created_at)
    VALUES (gen_random_uuid(), NEW.id, CASE TG_OP WHEN 'UPDATE' THEN OLD.price END, NEW.price,
      NULLIF(current_setting('shop.user', true), '')::uuid, shop_now());
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER variants_price_log AFTER INSERT OR UPDATE OF price ON variants FOR EACH ROW EXECUTE FUNCTION log_price_change();
--> statement-breakpoint

-- Units ------------------------------------------------------------------------------------------------------------------
DO $$
DECLARE
  c record;
BEGIN
  FOR c IN
    SELECT cols.table_name, cols.column_name FROM information_schema.columns cols
    JOIN information_schema.tables t ON t.table_schema = cols.table_schema AND t.table_name = cols.table_name
    WHERE cols.table_schema = 'public' AND cols.data_type = 'bigint' AND t.table_type = 'BASE TABLE' AND cols.is_identity = 'NO'
  LOOP
    EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', c.table_name, c.column_name, 'minor units of the currency');
  END LOOP;
END $$;
--> statement-breakpoint
COMMENT ON COLUMN discounts.value IS 'whole per cent (percentage) or minor units of the currency (fixed)';
--> statement-breakpoint
COMMENT ON COLUMN shipping_rates.range_min IS 'grams (weight) or minor units of the currency (subtotal), inclusive';
--> statement-breakpoint
COMMENT ON COLUMN shipping_rates.range_max IS 'grams (weight) or minor units of the currency (subtotal), exclusive';
--> statement-breakpoint
COMMENT ON COLUMN shipping_rates.days_min IS 'working days';
--> statement-breakpoint
COMMENT ON COLUMN shipping_rates.days_max IS 'working days';
--> statement-breakpoint
COMMENT ON COLUMN variants.weight IS 'grams';
--> statement-breakpoint
COMMENT ON COLUMN order_lines.weight IS 'grams a piece';
--> statement-breakpoint
COMMENT ON COLUMN variants.unit_amount IS 'content in variants.unit';
--> statement-breakpoint
COMMENT ON COLUMN tax_rates.rate IS 'parts per million';
--> statement-breakpoint
COMMENT ON COLUMN order_lines.tax_rate IS 'parts per million';
--> statement-breakpoint
COMMENT ON COLUMN orders.shipping_tax_rate IS 'parts per million';
--> statement-breakpoint
COMMENT ON COLUMN owners.commission IS 'parts per million';
--> statement-breakpoint
COMMENT ON COLUMN order_lines.commission IS 'parts per million';
--> statement-breakpoint
COMMENT ON COLUMN settings.commission IS 'parts per million';
--> statement-breakpoint
COMMENT ON COLUMN settings.payment_window_minutes IS 'minutes';
--> statement-breakpoint
COMMENT ON COLUMN settings.return_window_days IS 'days';
--> statement-breakpoint
COMMENT ON COLUMN orders.delivery_days_min IS 'working days';
--> statement-breakpoint
COMMENT ON COLUMN orders.delivery_days_max IS 'working days';
--> statement-breakpoint
COMMENT ON COLUMN product_images.width IS 'pixels';
--> statement-breakpoint
COMMENT ON COLUMN product_images.height IS 'pixels';
--> statement-breakpoint
COMMENT ON COLUMN inventory.on_hand IS 'items, unsold stock';
--> statement-breakpoint
COMMENT ON COLUMN inventory.reserved IS 'items held for unpaid orders';
--> statement-breakpoint
COMMENT ON COLUMN inventory.available IS 'items: on_hand - reserved';
--> statement-breakpoint
COMMENT ON COLUMN inventory.low_stock_threshold IS 'items';
--> statement-breakpoint
COMMENT ON COLUMN stock_movements.on_hand_delta IS 'items, signed';
--> statement-breakpoint
COMMENT ON COLUMN stock_movements.reserved_delta IS 'items, signed';
--> statement-breakpoint
COMMENT ON COLUMN stock_reservations.quantity IS 'items';
--> statement-breakpoint
COMMENT ON COLUMN cart_items.quantity IS 'items';
--> statement-breakpoint
COMMENT ON COLUMN order_lines.quantity IS 'items';
--> statement-breakpoint
COMMENT ON COLUMN ledger_entries.amount IS 'minor units of the currency; debit positive, credit negative';
