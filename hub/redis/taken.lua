-- Counts what window.lua has taken within a period.
-- KEYS: times, newest first; ARGV: the period in microseconds
local now = redis.call('TIME')
local time = now[1] * 1000000 + now[2]
local low, high = 0, redis.call('LLEN', KEYS[1])
while low < high do
  local middle = math.floor((low + high) / 2)
  if time - redis.call('LINDEX', KEYS[1], middle) < tonumber(ARGV[1]) then
    low = middle + 1
  else
    high = middle
  end
end
return low
