-- Schema 1. {int}, {bytes}, {name}, {strict}, {clustered} and {arrival} are filled in for each engine by dialect.rs.
-- Narrow tables: what every scan changes (guarded_row) stands apart from what never changes (body), and events lie in
-- arrival order. No index stands on a column that a scan changes.

CREATE TABLE guarded_row (
  id      {bytes} NOT NULL PRIMARY KEY,
  kind    {int}   NOT NULL,
  version {int}   NOT NULL,
  state   TEXT    NOT NULL
) {strict_fill};

CREATE TABLE body (
  owner  {bytes} NOT NULL,
  part   {int}   NOT NULL,
  person {bytes},
  sealed {bytes} NOT NULL,
  PRIMARY KEY (owner, part)
) {strict};

CREATE TABLE claim (
  key    {bytes} NOT NULL PRIMARY KEY,
  holder {bytes} NOT NULL,
  detail TEXT    NOT NULL
) {clustered};

CREATE TABLE entry (
  list {name}  NOT NULL,
  sort {int}   NOT NULL,
  id   {bytes} NOT NULL,
  PRIMARY KEY (list, sort, id)
) {clustered};

CREATE TABLE event (
  n       {arrival},
  subject {bytes} NOT NULL,
  seq     {int}   NOT NULL,
  kind    {name}  NOT NULL,
  at_ms   {int}   NOT NULL,
  body    TEXT    NOT NULL,
  UNIQUE (subject, seq)
) {strict};

CREATE TABLE audit (
  writer  {bytes} NOT NULL,
  n       {int}   NOT NULL,
  at_ms   {int}   NOT NULL,
  actor   TEXT    NOT NULL,
  action  TEXT    NOT NULL,
  subject {bytes},
  detail  TEXT    NOT NULL,
  prev    {bytes} NOT NULL,
  hash    {bytes} NOT NULL,
  PRIMARY KEY (writer, n)
) {strict};

CREATE TABLE outbox (
  id     {bytes} NOT NULL PRIMARY KEY,
  topic  {name}  NOT NULL,
  at_ms  {int}   NOT NULL,
  due_ms {int}   NOT NULL,
  tries  {int}   NOT NULL,
  body   {bytes} NOT NULL
) {strict};
CREATE INDEX outbox_due ON outbox (due_ms);

CREATE TABLE answer (
  key        {bytes} NOT NULL PRIMARY KEY,
  body_hash  {bytes} NOT NULL,
  status     {int}   NOT NULL,
  bytes      {bytes} NOT NULL,
  person     {bytes},
  expires_ms {int}   NOT NULL
) {strict};
CREATE INDEX answer_expires ON answer (expires_ms);

CREATE TABLE person_key (
  person  {bytes} NOT NULL PRIMARY KEY,
  wrapped {bytes} NOT NULL
) {clustered};

CREATE TABLE tombstone (
  person {bytes} NOT NULL PRIMARY KEY,
  at_ms  {int}   NOT NULL
) {clustered};

CREATE TABLE generation (
  one {int} NOT NULL PRIMARY KEY CHECK (one = 1),
  n   {int} NOT NULL
) {strict};
INSERT INTO generation (one, n) VALUES (1, 1);
