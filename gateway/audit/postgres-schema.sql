-- The audit log of several replicas. Run by its owner; the gateways need no more than:
--   GRANT SELECT, INSERT ON audit_line, audit_index, audit_register TO the_gateways;
--   GRANT EXECUTE ON FUNCTION audit_expire() TO the_gateways;
-- Lines are those of docs/audit-format.md: SELECT line FROM audit_export ORDER BY sequence is a segment.

CREATE TABLE audit_line (
  sequence bigint PRIMARY KEY CHECK (sequence > 0),
  header text NOT NULL,
  hash text NOT NULL,
  payload text,
  signature text,
  delete_from date
);
CREATE INDEX audit_line_due ON audit_line (delete_from) WHERE payload IS NOT NULL AND delete_from IS NOT NULL;

CREATE TABLE audit_index (
  person text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL REFERENCES audit_line,
  PRIMARY KEY (person, sequence)
);
CREATE INDEX audit_index_line ON audit_index (sequence);

CREATE TABLE audit_register (name text PRIMARY KEY);

CREATE VIEW audit_export AS
  SELECT sequence,
    header || ',"hash":"' || hash || '","payload":' || coalesce(payload, 'null')
      || CASE WHEN signature IS NULL THEN '' ELSE ',"signature":"' || signature || '"' END || '}' AS line
  FROM audit_line;

CREATE FUNCTION audit_today() RETURNS date LANGUAGE sql STABLE
  AS $$ SELECT (now() AT TIME ZONE 'Europe/Berlin')::date $$;

CREATE FUNCTION audit_guard_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_line) THEN
      RAISE EXCEPTION 'the audit log has no gaps';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.payload IS NULL AND OLD.delete_from <= audit_today()
    AND (NEW.sequence, NEW.header, NEW.hash, NEW.delete_from) = (OLD.sequence, OLD.header, OLD.hash, OLD.delete_from)
    AND NEW.signature IS NOT DISTINCT FROM OLD.signature
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_guard_line BEFORE INSERT OR UPDATE OR DELETE ON audit_line
  FOR EACH ROW EXECUTE FUNCTION audit_guard_line();

CREATE FUNCTION audit_guard_index() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM audit_line WHERE sequence = OLD.sequence AND payload IS NULL) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_guard_index BEFORE UPDATE OR DELETE ON audit_index
  FOR EACH ROW EXECUTE FUNCTION audit_guard_index();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_refuse BEFORE TRUNCATE ON audit_line FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse BEFORE TRUNCATE ON audit_index FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- Runs with the owner's rights: the gateways themselves may change nothing. Returns how many payloads were deleted.
CREATE FUNCTION audit_expire() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE deleted bigint;
BEGIN
  UPDATE audit_line SET payload = NULL WHERE payload IS NOT NULL AND delete_from <= audit_today();
  GET DIAGNOSTICS deleted = ROW_COUNT;
  DELETE FROM audit_index USING audit_line
    WHERE audit_line.sequence = audit_index.sequence AND audit_line.payload IS NULL;
  RETURN deleted;
END $$;
REVOKE ALL ON FUNCTION audit_expire() FROM PUBLIC;
