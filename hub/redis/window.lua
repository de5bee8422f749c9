-- Takes one of so many within any period, if others are left after it. Returns how
-- long to wait in microseconds, 0 if it is taken (a log of the sliding window).
-- KEYS: times of the last ones, newest first; ARGV: how many, how many to leave, the period in microseconds
local now = redis.call('TIME')
local time = now[1] * 1000000 + now[2]
local many, leave, period = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
-- A clock that was set back leaves times that lie ahead: they count as now.
for i = 0, many - 1 do
  local taken = tonumber(redis.call('LINDEX', KEYS[1], i))
  if not taken or taken <= time then
    break
  end
  redis.call('LSET', KEYS[1], i, string.format('%.0f', time))
end
local before = tonumber(redis.call('LINDEX', KEYS[1], many - leave - 1))
if before and time - before < period then
  return period - (time - before)
end
redis.call('LPUSH', KEYS[1], string.format('%.0f', time))
redis.call('LTRIM', KEYS[1], 0, many - 1)
redis.call('PEXPIRE', KEYS[1], math.ceil(period / 1000))
return 0
