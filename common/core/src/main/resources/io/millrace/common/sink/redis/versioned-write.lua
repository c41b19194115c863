-- Some writes, each of two keys and five arguments. One sets or deletes its first key, unless its second key remembers
-- a higher version. An equal one is accepted: it is the same write again; but a sweep leaves it alone. All keys hash to
-- one slot in a cluster. The version comes first, so that a write cut in two by an error is repeated whole.
-- ARGV: version (19 digits), 'set', 'delete' or 'sweep', value, its time to live in ms, that of the version; 0 for no end.
-- Returns for each write 1 if it was applied, 0 if it was stale, or the error as text: it says nothing of the others.
local function set(key, value, millis)
  if millis == '0' then
    return redis.pcall('SET', key, value)
  end
  return redis.pcall('SET', key, value, 'PX', millis)
end

local function write(key, version_key, version, kind, value, millis, version_millis)
  local held = redis.pcall('GET', version_key)
  if type(held) == 'table' and held.err then
    return held.err
  end
  if held then
    if #held ~= 19 or string.find(held, '%D') then
      return 'BADVERSION the version key holds something else than 19 digits'
    end
    if version < held or (kind == 'sweep' and version == held) then
      return 0
    end
  end
  local done = set(version_key, version, version_millis)
  if not done.err then
    if kind == 'set' then
      done = set(key, value, millis)
    else
      done = redis.pcall('DEL', key)
    end
  end
  return type(done) == 'table' and done.err or 1
end

local answers = {}
for i = 1, #KEYS / 2 do
  local at = 5 * i
  answers[i] = write(KEYS[2 * i - 1], KEYS[2 * i], ARGV[at - 4], ARGV[at - 3], ARGV[at - 2], ARGV[at - 1], ARGV[at])
end
return answers
