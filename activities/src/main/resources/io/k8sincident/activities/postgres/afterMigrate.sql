-- What the worker's role may do; set anew each time, so that a role that was made again has its rights again.
REVOKE ALL ON ALL TABLES IN SCHEMA incident FROM "${worker}";
REVOKE ALL ON SCHEMA incident FROM "${worker}";
GRANT USAGE ON SCHEMA incident TO "${worker}";
GRANT SELECT, INSERT ON incident.audit_record, incident.audit_checkpoint, incident.decision, incident.blob TO "${worker}";
GRANT SELECT ON incident.schema_history TO "${worker}";
