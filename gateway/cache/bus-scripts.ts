/**
 * What is done in Redis at once. Everything is in one sorted set, so that it is evicted or lost as a whole: a member for
 * each tag with the number of its last invalidation, `!` with 0 to show that the set is what it was, and `!floor` with
 * the number up to which tags were forgotten, `!given` a number that was given to somebody. Numbers are Redis' own clock in µs, always rising.
 *
 * A set that is of another type, or that cannot be written, is given up: whoever starts after that knows nothing of the
 * past, and says so.
 */
const NEXT_NUMBER = `
local function nextNumber(known)
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local last = redis.pcall('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  if last.err then redis.call('DEL', KEYS[1]) elseif last[2] then now = math.max(now, last[2] + 1) end
  return math.max(now, tonumber(known) + 1)
end
`;

/**
 * KEYS: the set. ARGV: channel, highest number known to who asks, lifetime of entries in µs, most tags, the sealed tags.
 * Tells everybody who listens, whether or not it can be remembered. Returns the number as text.
 */
export const INVALIDATE = `${NEXT_NUMBER}
local number = nextNumber(ARGV[2])
local text = string.format('%.0f', number)
local isKept = redis.pcall('ZSCORE', KEYS[1], '!') and true
for index = 5, #ARGV do
  local done = redis.pcall('ZADD', KEYS[1], text, ARGV[index])
  if type(done) == 'table' and done.err then isKept = false end
end
if isKept then
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '(0', string.format('%.0f', number - tonumber(ARGV[3])))
  local surplus = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[4])
  if surplus > 0 then
    local oldest = redis.call('ZRANGEBYSCORE', KEYS[1], '(0', '+inf', 'WITHSCORES', 'LIMIT', 0, surplus)
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '(0', oldest[#oldest])
    redis.pcall('ZADD', KEYS[1], oldest[#oldest], '!floor')
  end
else
  redis.call('DEL', KEYS[1])
end
redis.call('PUBLISH', ARGV[1], text .. ' ' .. table.concat(ARGV, ' ', 5))
return text
`;

/**
 * KEYS: the set. ARGV: highest number known to who asks; the number from which on tags are wanted. Returns the number
 * up to which everything counts as invalidated, the number up to which this is everything, then tags and numbers by
 * turns, the oldest first. Members that begin with `!` are no tags.
 */
export const LOAD = `${NEXT_NUMBER}
local number = string.format('%.0f', nextNumber(ARGV[1]))
if not redis.call('ZSCORE', KEYS[1], '!') then
  redis.call('DEL', KEYS[1])
  redis.pcall('ZADD', KEYS[1], 0, '!', number, '!floor', number, '!given')
  return { number, number }
end
local floor = redis.call('ZSCORE', KEYS[1], '!floor') or '0'
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[2], '+inf', 'WITHSCORES')
redis.pcall('ZADD', KEYS[1], number, '!given')
table.insert(found, 1, floor)
table.insert(found, 2, number)
return found
`;

/**
 * KEYS: the set. ARGV: channel, text. A sign of life; what only a master can do shows that it is one.
 */
export const BEAT = `
redis.call('PERSIST', KEYS[1])
return redis.call('PUBLISH', ARGV[1], ARGV[2])
`;
