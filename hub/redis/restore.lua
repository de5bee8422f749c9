-- Puts back pictures that this server has lost, each where its id belongs, and
-- the frame's last reset, which drops what is older. If that changes anything,
-- tells the processes to read the frame again. Returns the frame's pictures.
-- KEYS: log, count of records, clock, frames by age, times of resets, this frame's pictures
-- ARGV: log's length, pictures kept a frame, frame, process, time of the newest of what follows, reset, then pictures
local frame = ARGV[3]
local reset = redis.call('HGET', KEYS[5], frame) or ''
local news = 0
if ARGV[6] > reset then
  reset = ARGV[6]
  redis.call('HSET', KEYS[5], frame, reset)
  news = 1
end
local kept, known = {}, {}
for _, picture in ipairs(redis.call('LRANGE', KEYS[6], 0, -1)) do
  local id = string.match(picture, '^%S+')
  known[id] = true
  if id > reset then
    kept[#kept + 1] = picture
  end
end
for i = 7, #ARGV do
  local id = string.match(ARGV[i], '^%S+')
  if not known[id] and id > reset then
    news = news + 1
    kept[#kept + 1] = ARGV[i]
  end
end
if #kept > 0 and not redis.call('ZSCORE', KEYS[4], frame) then
  news = news + 1 -- the pictures were there, and no process that came saw them
end
if news > 0 then
  table.sort(kept)
  redis.call('DEL', KEYS[6])
  for _, picture in ipairs(kept) do
    redis.call('RPUSH', KEYS[6], picture)
  end
  redis.call('LTRIM', KEYS[6], -ARGV[2], -1)
  if #kept > 0 then
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
return redis.call('LRANGE', KEYS[6], 0, -1)
