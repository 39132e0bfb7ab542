-- A row is one line: a second one in it would be read as a record of the chain and found by nobody. Only new rows are
-- looked at here; incident audit verify looks at all. Gives up rather than keep workers waiting behind a long reader.
SET LOCAL lock_timeout = '10s';
ALTER TABLE incident.audit_record
    ADD CONSTRAINT audit_record_one_line CHECK (position('\x0a'::bytea IN line) = 0) NOT VALID;
ALTER TABLE incident.audit_checkpoint
    ADD CONSTRAINT audit_checkpoint_one_line CHECK (position('\x0a'::bytea IN line) = 0) NOT VALID;
