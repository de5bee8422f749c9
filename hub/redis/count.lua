-- Counts receipts of a picture, each screen once. Returns for each how long after the
-- broadcast it came, in microseconds, -1 if it is not counted. The broadcast is the
-- time in the picture's id, which is this server's, as is the time now.
-- KEYS: screens, tally
-- ARGV: time of the broadcast in microseconds, most screens, how long they count in microseconds, how long to keep in milliseconds,
--   then for each: screen, microseconds since it came, the least it can have taken, what of it was the screen's own
local function bucket(micros)
  local ms, shift = math.floor(micros / 1000), 0
  while ms >= 32 do
    ms = math.floor(ms / 2)
    shift = shift + 1
  end
  return shift * 16 + ms
end
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local broadcast, most, period = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local counted, result = redis.call('SCARD', KEYS[1]), {}
local open = redis.call('HEXISTS', KEYS[2], 'final') == 0
for i = 5, #ARGV, 4 do
  -- An id can be ahead of a clock that was set back, hence the least.
  local took = math.max(now - tonumber(ARGV[i + 1]) - broadcast, tonumber(ARGV[i + 2]))
  result[#result + 1] = -1
  if open and took <= period and counted < most and redis.call('SADD', KEYS[1], ARGV[i]) == 1 then
    counted = counted + 1
    result[#result] = took
    redis.call('HINCRBY', KEYS[2], 'screens', 1)
    redis.call('HINCRBY', KEYS[2], 's' .. bucket(took), 1)
    redis.call('HINCRBY', KEYS[2], 'a' .. bucket(math.max(0, took - tonumber(ARGV[i + 3]))), 1)
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return result
