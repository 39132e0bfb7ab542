-- The lines of the trail as they were hashed, and what they are looked up by.
CREATE TABLE incident.audit_record (
    sequence bigint PRIMARY KEY CHECK (sequence > 0),
    incident text NOT NULL,
    event text NOT NULL,
    line bytea NOT NULL
);
CREATE INDEX audit_record_incident ON incident.audit_record (incident, event, sequence);

-- What the trail's key has signed: up to this record it was so.
CREATE TABLE incident.audit_checkpoint (
    sequence bigint PRIMARY KEY CHECK (sequence > 0),
    line bytea NOT NULL
);

-- Which ids of decisions are used up, and for whom: digests of both.
CREATE TABLE incident.decision (
    id text PRIMARY KEY,
    owner text NOT NULL
);

-- Redacted snapshots, plans and pre-images.
CREATE TABLE incident.blob (
    digest text PRIMARY KEY,
    content bytea NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now()
);

-- The worker has no right to any of this; the trigger keeps the owner from it by accident.
CREATE FUNCTION incident.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of %.% is refused: what was recorded stays', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING HINT = 'docs/audit.md says how records are put away.';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON incident.audit_record
    FOR EACH STATEMENT EXECUTE FUNCTION incident.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON incident.audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION incident.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON incident.decision
    FOR EACH STATEMENT EXECUTE FUNCTION incident.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON incident.blob
    FOR EACH STATEMENT EXECUTE FUNCTION incident.refuse_change();
