/**
 * What is done in Redis at once. Everything is in one sorted set, so that it is evicted or lost as a whole: a member for
 * each tag that was invalidated, sealed with its number; `!` and the run of the server, with 0, to show that the set is
 * what it was; `!floor` with the number up to which tags were forgotten; `!given` and a number that was given to somebody,
 * sealed. Whoever sends a number has chosen it. It is refused unless it is higher than all before, so that the order of
 * numbers is the order of Redis, although Redis cannot seal one.
 *
 * A set that another run of a server has written is given up, for one that was started again or has taken over may have
 * lost some of it; and so is one of another type, and one that cannot be written. Whoever starts after that knows nothing
 * of the past, and says so.
 *
 * KEYS: the set. ARGV: channel; the number; 1 to give up the set. Returns `taken`, the member to beat and its number.
 */
const LAST_NUMBER = `
local mark = '!' .. string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local isWhole = ARGV[3] ~= '1' and type(redis.pcall('ZSCORE', KEYS[1], mark)) == 'string'
local number = tonumber(ARGV[2])
local highest
if isWhole then
  highest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  if number <= tonumber(highest[2]) then return { 'taken', highest[1], highest[2] } end
else
  redis.call('DEL', KEYS[1])
end
`;

/**
 * Further ARGV: lifetime of entries in µs, most members, the sealed tags. Tells everybody who listens, whether or not it
 * can be remembered. Returns `done`.
 */
export const INVALIDATE = `${LAST_NUMBER}
for index = 6, #ARGV do
  if not isWhole then break end
  local done = redis.pcall('ZADD', KEYS[1], ARGV[2], ARGV[index])
  isWhole = type(done) == 'number'
end
if isWhole then
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '(0', string.format('%.0f', number - tonumber(ARGV[4])))
  local surplus = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[5])
  if surplus > 0 then
    local oldest = redis.call('ZRANGEBYSCORE', KEYS[1], '(0', '+inf', 'WITHSCORES', 'LIMIT', 0, surplus)
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '(0', oldest[#oldest])
    redis.pcall('ZADD', KEYS[1], oldest[#oldest], '!floor')
  end
else
  redis.call('DEL', KEYS[1])
end
redis.call('PUBLISH', ARGV[1], table.concat(ARGV, ' ', 6))
return { 'done' }
`;

/**
 * Further ARGV: the number up to which the asker knows all; most members; the number, sealed for everybody to hear. A set
 * that knows less than the asker has lost something. Returns `done`, the number up to which everything counts as
 * invalidated, then what the asker does not know, the oldest first. Members that begin with `!` are no tags.
 */
export const LOAD = `${LAST_NUMBER}
local floor = ARGV[2]
local found = {}
if isWhole and tonumber(highest[2]) >= tonumber(ARGV[4]) and redis.call('ZCARD', KEYS[1]) <= tonumber(ARGV[5]) then
  floor = redis.call('ZSCORE', KEYS[1], '!floor') or '0'
  found = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[4], '+inf')
  if string.sub(highest[1], 1, 6) == '!given' then
    redis.call('ZREMRANGEBYSCORE', KEYS[1], highest[2], highest[2])
    if floor == highest[2] then redis.pcall('ZADD', KEYS[1], floor, '!floor') end
  end
else
  redis.call('DEL', KEYS[1])
  redis.pcall('ZADD', KEYS[1], 0, mark, ARGV[2], '!floor')
end
redis.pcall('ZADD', KEYS[1], ARGV[2], '!given ' .. ARGV[6])
redis.call('PUBLISH', ARGV[1], ARGV[6])
table.insert(found, 1, floor)
table.insert(found, 1, 'done')
return found
`;

/**
 * KEYS: the set. ARGV: channel, text. A sign of life; what only a master can do shows that it is one.
 */
export const BEAT = `
redis.call('PERSIST', KEYS[1])
return redis.call('PUBLISH', ARGV[1], ARGV[2])
`;
