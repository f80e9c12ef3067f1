-- Search has a table of its own: narrow rows, kept by triggers when a transaction commits.
DROP TRIGGER products_search ON products;
--> statement-breakpoint
DROP TRIGGER categories_search ON categories;
--> statement-breakpoint
DROP FUNCTION keep_product_search();
--> statement-breakpoint
DROP FUNCTION touch_products_of_category();
--> statement-breakpoint
CREATE TABLE "search_products" (
	"product_id" uuid PRIMARY KEY NOT NULL,
	"category_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"is_featured" boolean NOT NULL,
	"price_from" bigint,
	"price_to" bigint,
	"sold" integer NOT NULL,
	"score" integer NOT NULL,
	"stars" smallint NOT NULL,
	"is_in_stock" boolean NOT NULL,
	"is_on_sale" boolean NOT NULL,
	"name_words" smallint NOT NULL,
	"value_ids" integer[] NOT NULL,
	"head" "tsvector" NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_queries" (
	"query" text PRIMARY KEY NOT NULL,
	"times" integer NOT NULL,
	"results" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_queue" (
	"transaction" "xid8" NOT NULL,
	"product_id" uuid NOT NULL,
	CONSTRAINT "search_queue_transaction_product_id_pk" PRIMARY KEY("transaction","product_id")
);
--> statement-breakpoint
CREATE TABLE "search_values" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_values_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"value" text NOT NULL,
	"swatch" text
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"word" text PRIMARY KEY NOT NULL,
	"stem" text,
	"uses" integer DEFAULT 1 NOT NULL,
	"is_head" boolean DEFAULT false NOT NULL,
	"near" text[] NOT NULL
);
--> statement-breakpoint
DROP INDEX "products_search_idx";--> statement-breakpoint
DROP INDEX "products_name_trgm_idx";--> statement-breakpoint
ALTER TABLE "search_products" ADD CONSTRAINT "search_products_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_products_words_idx" ON "search_products" USING gin ("words") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "search_products_category_idx" ON "search_products" USING btree ("category_id");--> statement-breakpoint
CREATE INDEX "search_queries_prefix_idx" ON "search_queries" USING btree ("query" text_pattern_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "search_values_key" ON "search_values" USING btree (lower("name"),lower("value"));--> statement-breakpoint
CREATE INDEX "search_words_prefix_idx" ON "search_words" USING btree ("word" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "search_words_stem_idx" ON "search_words" USING btree ("stem");--> statement-breakpoint
CREATE INDEX "search_words_near_idx" ON "search_words" USING gin ("near","word" gin_trgm_ops) WITH (fastupdate=false);--> statement-breakpoint
ALTER TABLE "products" DROP COLUMN "search";--> statement-breakpoint
ALTER TABLE "synonyms" ADD CONSTRAINT "synonyms_several" CHECK (cardinality("synonyms"."terms") >= 2);
--> statement-breakpoint
-- The search row of a product ------------------------------------------------------------------------------------------
ALTER TABLE search_products ALTER COLUMN head SET STORAGE PLAIN, ALTER COLUMN value_ids SET STORAGE PLAIN,
  ALTER COLUMN words SET STORAGE EXTERNAL;
--> statement-breakpoint
-- Whatever is larger than the rest of a row lies beside it, so that a search reads few pages.
ALTER TABLE search_products SET (toast_tuple_target = 128, fillfactor = 90);
--> statement-breakpoint
COMMENT ON COLUMN search_products.price_from IS 'minor units of the currency';
--> statement-breakpoint
COMMENT ON COLUMN search_products.price_to IS 'minor units of the currency';
--> statement-breakpoint
-- The texts that a product is found by. Lengths are cut so that the head of any product fits into its row.
CREATE VIEW search_texts AS
SELECT p.id AS product_id, p.name,
  left(array_to_string(p.tags, ' '), 1000) AS tags,
  left(coalesce((SELECT string_agg(DISTINCT x.value, ' ') FROM product_options o JOIN option_values x ON x.option_id = o.id
    WHERE o.product_id = p.id), ''), 1000) AS options,
  left(coalesce((
    WITH RECURSIVE above AS (
      SELECT id, parent_id, name FROM categories WHERE id = p.category_id
      UNION SELECT c.id, c.parent_id, c.name FROM categories c JOIN above a ON c.id = a.parent_id
    ) SELECT string_agg(name, ' ') FROM above), ''), 1000) AS categories,
  left(p.subtitle || ' ' || regexp_replace(p.description, '<[^>]*>', ' ', 'g'), 200000) AS rest,
  coalesce((SELECT array_agg(DISTINCT lower(sku)) FROM variants WHERE product_id = p.id AND is_active), '{}') AS skus
FROM products p WHERE p.status = 'active';
--> statement-breakpoint
-- A word, and what is left of it without one of its letters.
CREATE FUNCTION search_near(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT near) FROM (
    SELECT word AS near
    UNION SELECT left(word, i - 1) || substr(word, i + 1) FROM generate_series(1, length(word)) i WHERE length(word) BETWEEN 3 AND 24
  ) n
$$;
--> statement-breakpoint
CREATE FUNCTION refresh_search(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- In one order, and before reading what the rows will say: whoever comes second sees what the first one wrote.
  PERFORM FROM search_products WHERE product_id = ANY (ids) ORDER BY product_id FOR UPDATE;
  DELETE FROM search_products s WHERE s.product_id = ANY (ids)
    AND NOT EXISTS (SELECT FROM products p WHERE p.id = s.product_id AND p.status = 'active');
  INSERT INTO search_values (name, value, swatch)
  SELECT DISTINCT ON (lower(o.name), lower(x.value)) o.name, x.value, x.swatch
  FROM product_options o JOIN option_values x ON x.option_id = o.id
  WHERE o.product_id = ANY (ids) AND NOT EXISTS (
    SELECT FROM search_values k WHERE lower(k.name) = lower(o.name) AND lower(k.value) = lower(x.value)
      AND (k.swatch IS NOT NULL OR x.swatch IS NULL))
  ORDER BY lower(o.name), lower(x.value), x.swatch NULLS LAST
  ON CONFLICT (lower(name), lower(value)) DO UPDATE SET swatch = EXCLUDED.swatch WHERE search_values.swatch IS NULL;

  WITH heads AS (
    SELECT t.*, to_tsvector('shop', t.name) AS title FROM search_texts t WHERE t.product_id = ANY (ids)
  ), rows AS (
    SELECT h.*, setweight(h.title, 'A') || setweight(to_tsvector('shop', h.tags || ' ' || h.options), 'B')
      || setweight(to_tsvector('shop', h.categories), 'C') AS head FROM heads h
  )
  INSERT INTO search_products (product_id, category_id, owner_id, published_at, is_featured, price_from, price_to, sold,
    score, stars, is_in_stock, is_on_sale, name_words, value_ids, head, words)
  SELECT p.id, p.category_id, p.owner_id, p.published_at, p.is_featured, p.price_from, p.price_to, p.sold_recently,
    round((p.rating_sum + 17.5) / (p.rating_count + 5) * 1000),
    CASE WHEN p.rating_count > 0 THEN round(10.0 * p.rating_sum / p.rating_count) ELSE 0 END,
    EXISTS (SELECT FROM variants v JOIN inventory i ON i.variant_id = v.id WHERE v.product_id = p.id AND v.is_active
      AND (i.available > 0 OR i.backorder AND (i.backorder_limit IS NULL OR i.available > -i.backorder_limit))),
    -- The same rule as for the struck price (lib/queries/catalog/cards.ts): dearer in the 30 days before the cut.
    EXISTS (SELECT FROM variants v WHERE v.product_id = p.id AND v.is_active AND v.compare_at_price IS NOT NULL AND v.price < (
      SELECT min(h.old_price) FROM price_changes h, (
        SELECT max(c.created_at) AS at FROM price_changes c WHERE c.variant_id = v.id AND c.new_price < c.old_price) cut
      WHERE h.variant_id = v.id AND h.old_price IS NOT NULL
        AND h.created_at > cut.at - interval '30 days' AND h.created_at <= cut.at)),
    length(r.title),
    coalesce((SELECT (array_agg(DISTINCT k.id))[1:300] FROM variants v
      JOIN variant_option_values vv ON vv.variant_id = v.id JOIN option_values x ON x.id = vv.option_value_id
      JOIN product_options o ON o.id = x.option_id
      JOIN search_values k ON lower(k.name) = lower(o.name) AND lower(k.value) = lower(x.value)
      WHERE v.product_id = p.id AND v.is_active), '{}'),
    r.head,
    r.head || setweight(array_to_tsvector(r.skus), 'B') || setweight(to_tsvector('shop', r.rest), 'D')
  FROM rows r JOIN products p ON p.id = r.product_id ORDER BY p.id
  ON CONFLICT (product_id) DO UPDATE SET category_id = EXCLUDED.category_id, owner_id = EXCLUDED.owner_id,
    published_at = EXCLUDED.published_at, is_featured = EXCLUDED.is_featured, price_from = EXCLUDED.price_from,
    price_to = EXCLUDED.price_to, sold = EXCLUDED.sold, score = EXCLUDED.score, stars = EXCLUDED.stars,
    is_in_stock = EXCLUDED.is_in_stock, is_on_sale = EXCLUDED.is_on_sale, name_words = EXCLUDED.name_words,
    value_ids = EXCLUDED.value_ids, head = EXCLUDED.head, words = EXCLUDED.words;

  WITH texts AS (
    SELECT name || ' ' || tags || ' ' || options || ' ' || categories AS text, true AS is_head
    FROM search_texts WHERE product_id = ANY (ids)
    UNION ALL SELECT rest, false FROM search_texts WHERE product_id = ANY (ids)
  ), found AS (
    SELECT m[1] AS word, bool_or(is_head) AS is_head
    FROM texts, regexp_matches(lower(unaccent(text)), '[[:alnum:]]+', 'g') m
    WHERE length(m[1]) BETWEEN 2 AND 40 AND m[1] ~ '[^0-9]' GROUP BY 1
  )
  INSERT INTO search_words (word, stem, is_head, near)
  SELECT f.word, (tsvector_to_array(to_tsvector('shop', f.word)))[1], f.is_head, search_near(f.word) FROM found f
  WHERE NOT EXISTS (SELECT FROM search_words k WHERE k.word = f.word AND (k.is_head OR NOT f.is_head))
  ORDER BY f.word
  ON CONFLICT (word) DO UPDATE SET is_head = true WHERE NOT search_words.is_head;
END $$;
--> statement-breakpoint
-- When a transaction commits, all products that it touched are made anew at once, in one order. Search rows are thus
-- locked after everything else and never in two orders: whoever sells the last piece waits for nobody's catalogue.
CREATE FUNCTION queue_search(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO search_queue (transaction, product_id)
  SELECT pg_current_xact_id(), id FROM unnest(ids) id WHERE id IS NOT NULL ON CONFLICT DO NOTHING
$$;
--> statement-breakpoint
CREATE FUNCTION work_search_queue() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
BEGIN
  WITH taken AS (DELETE FROM search_queue WHERE transaction = pg_current_xact_id() RETURNING product_id)
  SELECT array_agg(product_id ORDER BY product_id) INTO ids FROM taken;
  IF ids IS NOT NULL THEN
    PERFORM refresh_search(ids);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER search_queue_worked AFTER INSERT ON search_queue DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION work_search_queue();
--> statement-breakpoint
CREATE FUNCTION queue_product_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM queue_search(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER products_search AFTER INSERT OR UPDATE OF name, tags, category_id, owner_id, subtitle, description, status,
  published_at, is_featured, price_from, price_to ON products FOR EACH ROW EXECUTE FUNCTION queue_product_search();
--> statement-breakpoint
-- Figures change for many products at once and need none of the texts.
CREATE FUNCTION keep_search_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE search_products SET sold = NEW.sold_recently, score = round((NEW.rating_sum + 17.5) / (NEW.rating_count + 5) * 1000),
    stars = CASE WHEN NEW.rating_count > 0 THEN round(10.0 * NEW.rating_sum / NEW.rating_count) ELSE 0 END
  WHERE product_id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER products_search_figures AFTER UPDATE OF sold_recently, rating_sum, rating_count ON products FOR EACH ROW
  WHEN (OLD.sold_recently <> NEW.sold_recently OR OLD.rating_sum <> NEW.rating_sum OR OLD.rating_count <> NEW.rating_count)
  EXECUTE FUNCTION keep_search_figures();
--> statement-breakpoint
CREATE FUNCTION queue_category_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM queue_search(ARRAY(
    WITH RECURSIVE below AS (
      SELECT NEW.id AS id UNION SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id
    ) SELECT p.id FROM products p WHERE p.status = 'active' AND p.category_id IN (SELECT b.id FROM below b)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER categories_search AFTER UPDATE OF name, parent_id ON categories FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.parent_id IS DISTINCT FROM NEW.parent_id)
  EXECUTE FUNCTION queue_category_search();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION keep_product_prices() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid := COALESCE(NEW.product_id, OLD.product_id);
BEGIN
  UPDATE products p SET price_from = v.low, price_to = v.high
  FROM (SELECT min(price) AS low, max(price) AS high FROM variants WHERE product_id = touched AND is_active) v
  WHERE p.id = touched;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION queue_variant_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM queue_search(ARRAY(SELECT DISTINCT v.product_id FROM variants v WHERE v.id = COALESCE(NEW.variant_id, OLD.variant_id)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER variant_option_values_search AFTER INSERT OR DELETE ON variant_option_values FOR EACH ROW
  EXECUTE FUNCTION queue_variant_search();
--> statement-breakpoint
CREATE TRIGGER inventory_search AFTER INSERT OR DELETE ON inventory FOR EACH ROW EXECUTE FUNCTION queue_variant_search();
--> statement-breakpoint
-- Only a crossing of zero, or of what may be owed, changes what can be bought.
CREATE TRIGGER inventory_search_crossing AFTER UPDATE ON inventory FOR EACH ROW
  WHEN ((OLD.on_hand - OLD.reserved > 0 OR OLD.backorder AND (OLD.backorder_limit IS NULL OR OLD.on_hand - OLD.reserved > -OLD.backorder_limit))
    IS DISTINCT FROM
    (NEW.on_hand - NEW.reserved > 0 OR NEW.backorder AND (NEW.backorder_limit IS NULL OR NEW.on_hand - NEW.reserved > -NEW.backorder_limit)))
  EXECUTE FUNCTION queue_variant_search();
--> statement-breakpoint
CREATE FUNCTION queue_option_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM queue_search(ARRAY(SELECT o.product_id FROM product_options o WHERE o.id = NEW.option_id));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER option_values_search AFTER UPDATE OF value, swatch ON option_values FOR EACH ROW
  EXECUTE FUNCTION queue_option_search();
--> statement-breakpoint
CREATE FUNCTION queue_own_product_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM queue_search(ARRAY[NEW.product_id]);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER variants_search AFTER UPDATE OF compare_at_price ON variants FOR EACH ROW
  WHEN (OLD.compare_at_price IS DISTINCT FROM NEW.compare_at_price) EXECUTE FUNCTION queue_own_product_search();
--> statement-breakpoint
-- Products that are there already.
SELECT refresh_search(ARRAY(SELECT id FROM products WHERE status = 'active' ORDER BY id));
