CREATE TYPE mood AS ENUM ('glad', 'so so');
CREATE DOMAIN percent AS numeric(5, 2);

CREATE TABLE kinds (
    id bigint PRIMARY KEY,
    small smallint,
    whole integer NOT NULL,
    grade integer DEFAULT 7,
    exact numeric,
    price numeric(20, 4) NOT NULL,
    share percent,
    paid money,
    ratio double precision,
    single real,
    flag boolean,
    title text NOT NULL,
    code varchar(8),
    fixed char(3),
    born date NOT NULL,
    opens time,
    opens3 time(3),
    made timestamp NOT NULL,
    made3 timestamp(3),
    seen timestamptz NOT NULL,
    lasts interval,
    ref uuid NOT NULL,
    doc jsonb,
    raw bytea NOT NULL,
    feels mood NOT NULL,
    bits bit(5),
    tags text[],
    counts integer[],
    prices numeric(8, 2)[],
    days date[],
    host inet
);

INSERT INTO kinds VALUES (
    1, -7, 2147483647, 8, 12345678901234567890.0000000001, 1234567890123456.7890, 99.5, '1234.5', 0.1, 1.5, true,
    'a"b ü€😀', 'code', 'c', '2024-02-29', '10:11:12.123456', '10:11:12.123', '2024-02-29 10:11:12.123456',
    '2024-02-29 10:11:12.123', '2024-02-29 10:11:12.123456+02', '1 hour', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    '{"b": [1.10]}', '\x00ff10', 'so so', B'10101', '{"a,b",NULL}', '{1,NULL,3}', '{1.50}', '{2024-02-29}', '10.1.2.3/8'
);

-- as little as a row can hold; its `grade` has a default, and is null
INSERT INTO kinds (id, whole, grade, price, title, born, made, seen, ref, raw, feels) VALUES (
    2, 0, NULL, -0.5, '', '1969-12-31', '1969-12-31 23:59:59.999999', '1969-12-31 23:59:59.999999+00',
    '00000000-0000-0000-0000-000000000000', '', 'glad'
);

CREATE TABLE notes (id bigint PRIMARY KEY, body text, size integer);
ALTER TABLE notes ALTER body SET STORAGE EXTERNAL;
INSERT INTO notes VALUES (1, 'one', 1), (2, 'two', 2), (5, 'raced for', 5);

CREATE TABLE bookings (day date, seat integer, guest text, PRIMARY KEY (day, seat));
INSERT INTO bookings VALUES ('2024-02-29', 7, 'Ann');

CREATE TABLE whole (id integer PRIMARY KEY, body text);
ALTER TABLE whole REPLICA IDENTITY FULL;
INSERT INTO whole VALUES (1, 'before');

CREATE TABLE emptied (id integer PRIMARY KEY);
INSERT INTO emptied VALUES (1);
