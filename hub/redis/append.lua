-- Appends a record to the log, and keeps what it says.
-- KEYS: log, count of records, clock, frames by age, times of resets, this frame's pictures, its removals, lines
-- ARGV: log's length, pictures kept a frame, frames kept, frame, name, data, process, token, picture to remove;
-- from a line (line.lua goes before) also: version of the line, ticket
-- Returns the record's number, 0 if there is no such picture to remove, or a picture is one of a frame with a
-- line, from where it has to come.
local frame, name, data = ARGV[4], ARGV[5], ARGV[6]
local id, found = '', nil
if name == 'picture' and not ARGV[10] and redis.call('HEXISTS', KEYS[8], frame) == 1 then
  return 0
end
if name == 'removed' then
  for _, picture in ipairs(redis.call('LRANGE', KEYS[6], 0, -1)) do
    if string.match(picture, '^%S+') == ARGV[9] then
      found = picture
    end
  end
  if not found then
    return 0
  end
end
if name == 'picture' or name == 'reset' or name == 'removed' then
  -- Microseconds, but never the same or less than before: ids do not go back.
  local now = redis.call('TIME')
  local time = math.max(now[1] * 1000000 + now[2], (tonumber(redis.call('GET', KEYS[3])) or 0) + 1)
  redis.call('SET', KEYS[3], string.format('%.0f', time))
  local digits = '0123456789abcdefghijklmnopqrstuv'
  local rest = time
  for _ = 1, 11 do
    local digit = rest % 32
    id = string.sub(digits, digit + 1, digit + 1) .. id
    rest = (rest - digit) / 32
  end
  id = id .. '-' .. ARGV[7]
  if name == 'picture' then
    redis.call('RPUSH', KEYS[6], id .. ' ' .. data)
    redis.call('LTRIM', KEYS[6], -ARGV[2], -1)
    redis.call('ZADD', KEYS[4], time, frame)
    local pictures = string.sub(KEYS[6], 1, -#frame - 1)
    local removals = string.sub(KEYS[7], 1, -#frame - 1)
    while redis.call('ZCARD', KEYS[4]) > tonumber(ARGV[3]) do
      local all = redis.call('ZRANGE', KEYS[4], 0, -1)
      local idle = all[1]
      for _, other in ipairs(all) do -- the lab's go first: anybody makes them without limit
        if other ~= frame and #other == 14 and string.match(other, '^lab%-[0-9a-f]+$') then
          idle = other
          break
        end
      end
      redis.call('ZREM', KEYS[4], idle)
      redis.call('DEL', pictures .. idle, removals .. idle)
    end
  elseif name == 'removed' then
    -- The frame stays among the frames, without pictures too, for its removals.
    redis.call('LREM', KEYS[6], 1, found)
    redis.call('RPUSH', KEYS[7], id .. ' ' .. data)
    redis.call('LTRIM', KEYS[7], -ARGV[2], -1)
  else
    redis.call('DEL', KEYS[6], KEYS[7])
    redis.call('ZREM', KEYS[4], frame)
    redis.call('HSET', KEYS[5], frame, id)
  end
end
local record = redis.call('INCR', KEYS[2])
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'record', record,
  'frame', frame, 'name', name, 'data', data, 'id', id, 'process', ARGV[7], 'token', ARGV[8],
  'line', ARGV[10] or '', 'ticket', ARGV[11] or '')
return record
