-- Two roles and a database for the audit trail. For a role that may make roles and databases; choose other passwords:
--   psql -v ON_ERROR_STOP=1 -f deploy/postgres/roles.sql
-- The owner migrates and nothing else; the worker inserts and reads.
CREATE ROLE incident_owner LOGIN PASSWORD 'change-this-owner';
CREATE ROLE incident_worker LOGIN PASSWORD 'change-this-worker';
CREATE DATABASE incident OWNER incident_owner;
REVOKE ALL ON DATABASE incident FROM PUBLIC;
GRANT CONNECT ON DATABASE incident TO incident_worker;
