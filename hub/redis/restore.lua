-- Puts back pictures and removals that this server has lost, each where its id
-- belongs, and the frame's last reset, which drops what is older. No picture that
-- has been removed is kept. If that changes anything, tells the processes to read
-- the frame again. Returns the frame's pictures, and its removals.
-- KEYS: log, count of records, clock, frames by age, times of resets, this frame's pictures, its removals
-- ARGV: log's length, pictures kept a frame, frame, process, time of the newest of what follows, reset,
-- number of pictures, then pictures, then removals
local frame, last = ARGV[3], 7 + ARGV[7]
local reset = redis.call('HGET', KEYS[5], frame) or ''
local news = 0
if ARGV[6] > reset then
  reset = ARGV[6]
  redis.call('HSET', KEYS[5], frame, reset)
  news = 1
end
local function removed(removal)
  return cjson.decode(string.match(removal, ' (.*)')).id
end
-- Both lists begin with an id and a space.
local function merge(key, given, key_of, unwanted)
  local kept, known = {}, {}
  for _, entry in ipairs(redis.call('LRANGE', key, 0, -1)) do
    known[key_of(entry)] = true
    if string.match(entry, '^%S+') > reset and not unwanted[key_of(entry)] then
      kept[#kept + 1] = entry
    else
      news = news + 1
    end
  end
  for _, entry in ipairs(given) do
    if not known[key_of(entry)] and string.match(entry, '^%S+') > reset and not unwanted[key_of(entry)] then
      news = news + 1
      kept[#kept + 1] = entry
    end
  end
  table.sort(kept)
  return kept
end
local pictures, removals, gone = {}, {}, {}
for i = 8, #ARGV do
  if i <= last then
    pictures[#pictures + 1] = ARGV[i]
  else
    removals[#removals + 1] = ARGV[i]
  end
end
removals = merge(KEYS[7], removals, removed, {})
for _, removal in ipairs(removals) do
  gone[removed(removal)] = true
end
pictures = merge(KEYS[6], pictures, function(entry) return string.match(entry, '^%S+') end, gone)
local any = #pictures > 0 or #removals > 0
if any and not redis.call('ZSCORE', KEYS[4], frame) then
  news = news + 1 -- the pictures were there, and no process that came saw them
end
if news > 0 then
  for key, kept in pairs({[KEYS[6]] = pictures, [KEYS[7]] = removals}) do
    redis.call('DEL', key)
    for _, entry in ipairs(kept) do
      redis.call('RPUSH', key, entry)
    end
    redis.call('LTRIM', key, -ARGV[2], -1)
  end
  if any then
    redis.call('ZADD', KEYS[4], 'GT', ARGV[5], frame)
  else
    redis.call('ZREM', KEYS[4], frame)
  end
  if tonumber(ARGV[5]) > (tonumber(redis.call('GET', KEYS[3])) or 0) then
    redis.call('SET', KEYS[3], ARGV[5])
  end
  local record = redis.call('INCR', KEYS[2])
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'record', record,
    'frame', frame, 'name', 'restored', 'data', '', 'id', '', 'process', ARGV[4], 'token', '')
end
return {redis.call('LRANGE', KEYS[6], 0, -1), redis.call('LRANGE', KEYS[7], 0, -1)}
