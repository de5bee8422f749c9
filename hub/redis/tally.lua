-- Gives a picture's tally to the first that asks at this stage, if it is news, and to
-- that one again: it may not have got the answer.
-- Returns the tally's fields and values, or nothing.
-- KEYS: screens, tally; ARGV: the stage, "first" or "final", and who asks
local screens, owner = redis.call('HGET', KEYS[2], 'screens'), redis.call('HGET', KEYS[2], ARGV[1])
if not screens or owner and owner ~= ARGV[2] then
  return {}
end
if not owner then
  local news = redis.call('HGET', KEYS[2], 'told') ~= screens
  redis.call('HSET', KEYS[2], ARGV[1], news and ARGV[2] or 'nobody')
  if ARGV[1] == 'final' then
    redis.call('DEL', KEYS[1]) -- nothing is counted any more
  end
  if not news then
    return {}
  end
end
redis.call('HSET', KEYS[2], 'told', screens)
return redis.call('HGETALL', KEYS[2])
