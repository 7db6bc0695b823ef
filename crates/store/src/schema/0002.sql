-- Schema 2. Who looked at a person is asked of the log itself, by that person's number: this index answers it.
CREATE INDEX audit_subject ON audit (subject) WHERE subject IS NOT NULL;
