-- An address stays what it was, but it can be erased: the person goes, country and region stay for taxes.
CREATE FUNCTION refuse_address_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  personal text[] := ARRAY['name', 'company', 'line1', 'line2', 'city', 'postal_code', 'phone'];
  free text[] := ARRAY['replaced_at'];
BEGIN
  IF NEW.name = '[erased]' AND NEW.line1 = '[erased]' AND NEW.city = '[erased]'
    AND num_nonnulls(NEW.company, NEW.line2, NEW.postal_code, NEW.phone) = 0 THEN
    free := free || personal;
  END IF;
  IF (to_jsonb(OLD) - free) IS DISTINCT FROM (to_jsonb(NEW) - free) THEN
    RAISE EXCEPTION '% % is a snapshot and cannot change', TG_TABLE_NAME, OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
DROP TRIGGER order_addresses_frozen ON order_addresses;
--> statement-breakpoint
CREATE TRIGGER order_addresses_frozen BEFORE UPDATE ON order_addresses FOR EACH ROW EXECUTE FUNCTION refuse_address_changes();
