-- Reads a frame's line; and if it still has the version that is named, replaces it. What follows
-- it (append.lua) then appends the record for that: the picture that hangs, or "line".
-- Returns version, time and since when the newest picture hangs in microseconds ('' without one),
-- and the line, if it does nothing else.
-- KEYS: as of append.lua
-- ARGV: as of append.lua; 10, 11: version of the line, ticket; 12: the version that was read, 13: the line ('' for none)
-- 10 is replaced: the version is the number of the record.
local kept = redis.call('HGET', KEYS[8], ARGV[4]) or ''
local newest = string.match(redis.call('LINDEX', KEYS[6], -1) or '', '^%S+') or ''
local version = (string.match(kept, '^%S+') or '') .. ' ' .. newest
if ARGV[12] ~= version then
  local now, shown = redis.call('TIME'), ''
  if newest ~= '' then
    local time = 0
    for i = 1, 11 do
      time = time * 32 + tonumber(string.sub(newest, i, i), 32)
    end
    shown = string.format('%.0f', time)
  end
  return {version, string.format('%.0f', now[1] * 1000000 + now[2]), shown, string.match(kept, '^%S+ (.*)$') or ''}
end
ARGV[10] = string.format('%.0f', (tonumber(redis.call('GET', KEYS[2])) or 0) + 1)
if ARGV[13] ~= '' then
  redis.call('HSET', KEYS[8], ARGV[4], ARGV[10] .. ' ' .. ARGV[13])
else
  redis.call('HDEL', KEYS[8], ARGV[4])
end
