-- Takes an attempt of a client's: so many at once, then one each interval. Returns how
-- long to wait for it in microseconds, 0 if it is taken. The key holds the time
-- at which all attempts will be there again (the generic cell rate algorithm).
-- KEYS: the client; ARGV: attempts at once, interval in microseconds
local now = redis.call('TIME')
local time = now[1] * 1000000 + now[2]
local interval, burst = tonumber(ARGV[2]), tonumber(ARGV[1])
local full = tonumber(redis.call('GET', KEYS[1])) or 0
if full > time + burst * interval then
  full = 0 -- no honest time lies further ahead: the clock was set back
end
full = math.max(full, time) + interval
local wait = full - burst * interval - time
if wait > 0 then
  return wait
end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - time) / 1000))
return 0
