-- Gives a picture's tally to the first that asks at this stage, if it is news.
-- Returns the tally's fields and values, or nothing.
-- KEYS: screens, tally; ARGV: the stage, "first" or "final"
local screens = redis.call('HGET', KEYS[2], 'screens')
if not screens or redis.call('HSETNX', KEYS[2], ARGV[1], 1) == 0 then
  return {}
end
if ARGV[1] == 'final' then
  redis.call('DEL', KEYS[1]) -- a screen that is late is no longer counted
end
if redis.call('HGET', KEYS[2], 'told') == screens then
  return {}
end
redis.call('HSET', KEYS[2], 'told', screens)
return redis.call('HGETALL', KEYS[2])
