INSERT INTO kinds SELECT 3, small, whole, grade, exact, price, share, paid, ratio, single, flag, title, code, fixed, born,
    opens, opens3, made, made3, seen, lasts, ref, doc, raw, feels, bits, tags, counts, prices, days, host
    FROM kinds WHERE id = 1;
UPDATE kinds SET price = 0.0001, born = '0999-01-01' WHERE id = 2;
DELETE FROM kinds WHERE id = 1;

INSERT INTO notes VALUES (3, repeat('x', 2100), 3);
UPDATE notes SET size = 4 WHERE id = 3;
UPDATE notes SET id = 30, body = 'moved' WHERE id = 1;

INSERT INTO bookings VALUES ('2024-03-01', 8, 'Bob');
DELETE FROM bookings WHERE guest = 'Ann';

UPDATE whole SET body = 'after';

TRUNCATE emptied;

SELECT pg_logical_emit_message(true, 'greeting', 'hello');
