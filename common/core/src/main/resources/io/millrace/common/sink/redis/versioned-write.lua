-- Sets or deletes KEYS[1], unless KEYS[2] remembers a higher version. An equal one is accepted: it is the same write
-- again; but a sweep leaves it alone. Both keys hash to one slot. The version comes first, so that a write cut in two by an error is repeated whole.
-- ARGV: version (19 digits), 'set', 'hash', 'delete' or 'sweep', value, its time to live in ms, that of the version; 0 for no end;
-- then name and value by turns, of each field of a hash, which replaces the whole hash.
-- Returns 1 if it was applied, 0 if it was stale.
local held = redis.call('GET', KEYS[2])
if held then
  if #held ~= 19 or string.find(held, '%D') then
    return redis.error_reply('BADVERSION the version key holds something else than 19 digits')
  end
  if ARGV[1] < held or (ARGV[2] == 'sweep' and ARGV[1] == held) then
    return 0
  end
end

local function set(key, value, millis)
  if millis == '0' then
    redis.call('SET', key, value)
  else
    redis.call('SET', key, value, 'PX', millis)
  end
end

set(KEYS[2], ARGV[1], ARGV[5])
if ARGV[2] == 'set' then
  set(KEYS[1], ARGV[3], ARGV[4])
else
  redis.call('DEL', KEYS[1])
end
for i = 6, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
if ARGV[2] == 'hash' and ARGV[4] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
return 1
