package redis

// The compare-and-set steps that one command cannot do. Each touches one key,
// as a Cluster demands.
var (
	// takeOver: value seen, value offered, its life in ms, most ms that may be
	// left of the seen one. Gives what the key holds afterwards.
	takeOverScript = newScript(`
local have = redis.call('GET', KEYS[1])
if not have or (have == ARGV[1] and redis.call('PTTL', KEYS[1]) <= tonumber(ARGV[4])) then
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  return ARGV[2]
end
return have`)

	// give: value meant.
	giveScript = newScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return ''`)

	// open: step, expiry as Unix ms, body, life in ms, now as Unix ms. The
	// clock is the caller's, so that a challenge past its time is gone even
	// where Redis' own clock is behind.
	openScript = newScript(`
local expires = redis.call('HGET', KEYS[1], 'expires')
if expires and tonumber(expires) > tonumber(ARGV[5]) then
  return 'exists'
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'step', ARGV[1], 'expires', ARGV[2], 'body', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 'done'`)

	// advance: step from, step to, now as Unix ms.
	advanceScript = newScript(`
local have = redis.call('HMGET', KEYS[1], 'step', 'expires')
if not have[1] or tonumber(have[2]) <= tonumber(ARGV[3]) then
  return 'gone'
end
if have[1] ~= ARGV[1] then
  return 'moved'
end
redis.call('HSET', KEYS[1], 'step', ARGV[2])
return 'done'`)
)
