-- Some writes, each of two keys. One sets or deletes its first key, unless its second key remembers a higher version.
-- An equal one is accepted: it is the same write again; but a sweep leaves it alone. All keys hash to one slot in a
-- cluster. The version comes first, so that a write cut in two by an error is repeated whole.
-- ARGV, for each write: version (19 digits), 'set', 'hash', 'delete' or 'sweep', value, its time to live in ms, that of
-- the version, 0 for no end; how many fields follow, and name and value of each: they replace the whole hash.
-- Returns for each write 1 if it was applied, 0 if it was stale, or the error as text: it says nothing of the others.
local function error_of(answer)
  return type(answer) == 'table' and answer.err
end

local function set(key, value, millis)
  if millis == '0' then
    return redis.pcall('SET', key, value)
  end
  return redis.pcall('SET', key, value, 'PX', millis)
end

local function set_hash(key, first, fields, millis)
  local done = redis.pcall('DEL', key)
  for i = first, first + 2 * fields - 2, 2 do
    if error_of(done) then
      return done
    end
    done = redis.pcall('HSET', key, ARGV[i], ARGV[i + 1])
  end
  if error_of(done) or millis == '0' then
    return done
  end
  return redis.pcall('PEXPIRE', key, millis)
end

local function write(key, version_key, at, fields)
  local version, kind, millis = ARGV[at], ARGV[at + 1], ARGV[at + 3]
  local held = redis.pcall('GET', version_key)
  if error_of(held) then
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
  local done = set(version_key, version, ARGV[at + 4])
  if error_of(done) then
    return done.err
  end
  if kind == 'set' then
    done = set(key, ARGV[at + 2], millis)
  elseif kind == 'hash' then
    done = set_hash(key, at + 6, fields, millis)
  else
    done = redis.pcall('DEL', key)
  end
  return error_of(done) or 1
end

local answers = {}
local at = 1
for i = 1, #KEYS / 2 do
  local fields = tonumber(ARGV[at + 5])
  answers[i] = write(KEYS[2 * i - 1], KEYS[2 * i], at, fields)
  at = at + 6 + 2 * fields
end
return answers
