package dev.nectar.account.redis;

import dev.nectar.storage.RedisScript;

/**
 * What Redis does in one go. All keys have one hash tag, so that a cluster has them in one place. A
 * sum is two numbers, of whole units and of 10<sup>-12</sup> parts below one unit: each is exact as
 * a number of Lua.
 */
final class LedgerScripts {

  /**
   * Keeps a key unless another revision came before. Keys: keys, revisions, version. Arguments: id,
   * revision, JSON.
   */
  static final RedisScript KEEP =
      new RedisScript(
          """
          local kept = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0')
          if kept ~= tonumber(ARGV[2]) - 1 then
            return 0
          end
          redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
          redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
          redis.call('INCR', KEYS[3])
          return 1
          """);

  /**
   * Holds all or none. Keys: what was used, what is held, nodes. Arguments: now, when the node is
   * gone, node, kind of the budget, its units and parts, number, units and parts of what is asked
   * for, then of each hold its id and its units and parts.
   */
  static final RedisScript HOLD =
      new RedisScript(
          """
          local PICOS = 1000000000000
          local now = tonumber(ARGV[1])
          redis.call('HSET', KEYS[3], ARGV[3], ARGV[2])

          local function used(field)
            return tonumber(redis.call('HGET', KEYS[1], field) or '0')
          end
          local pictures, units, picos = used('pictures'), used('cost.units'), used('cost.picos')
          local function add(more, parts)
            picos = picos + parts
            local carry = math.floor(picos / PICOS)
            units = units + more + carry
            picos = picos - carry * PICOS
          end

          local held = redis.call('HGETALL', KEYS[2])
          for i = 1, #held, 2 do
            local node, more, parts = string.match(held[i + 1], '^(%S+) (%d+) (%d+)$')
            local gone = tonumber(redis.call('HGET', KEYS[3], node) or '0')
            if gone > now then
              pictures = pictures + 1
              add(tonumber(more), tonumber(parts))
            else
              redis.call('HDEL', KEYS[2], held[i])
            end
          end

          local limit, limitParts = tonumber(ARGV[5]), tonumber(ARGV[6])
          local asked = tonumber(ARGV[7])
          if ARGV[4] == 'pictures' then
            if pictures >= limit or pictures + asked > limit then
              return 0
            end
          else
            if units > limit or (units == limit and picos >= limitParts) then
              return 0
            end
            add(tonumber(ARGV[8]), tonumber(ARGV[9]))
            if units > limit or (units == limit and picos > limitParts) then
              return 0
            end
          end
          for i = 10, #ARGV, 3 do
            redis.call('HSET', KEYS[2], ARGV[i],
                ARGV[3] .. ' ' .. ARGV[i + 1] .. ' ' .. ARGV[i + 2])
          end
          return 1
          """);

  /**
   * Enters a booking once. Keys: its own, then those that its steps name by number. Arguments: how
   * long to remember it in seconds, then five of each step: what to do, the key's number, a field
   * and two values.
   */
  static final RedisScript BOOK =
      new RedisScript(
          """
          local PICOS = 1000000000000
          if not redis.call('SET', KEYS[1], '', 'NX', 'EX', ARGV[1]) then
            return 0
          end
          for i = 2, #ARGV, 5 do
            local step, key, field = ARGV[i], KEYS[tonumber(ARGV[i + 1])], ARGV[i + 2]
            local one, other = ARGV[i + 3], ARGV[i + 4]
            if step == 'count' then
              redis.call('HINCRBY', key, field, one)
            elseif step == 'sum' then
              local picos = redis.call('HINCRBY', key, field .. '.picos', other)
              if picos >= PICOS then
                redis.call('HINCRBY', key, field .. '.picos', string.format('%d', -PICOS))
                redis.call('HINCRBY', key, field .. '.units', 1)
              end
              redis.call('HINCRBY', key, field .. '.units', one)
            elseif step == 'latest' then
              if tonumber(redis.call('HGET', key, field) or '0') < tonumber(one) then
                redis.call('HSET', key, field, one)
              end
            elseif step == 'drop' then
              redis.call('HDEL', key, field)
            elseif step == 'expire' then
              redis.call('EXPIRE', key, one)
            end
          end
          return 1
          """);

  private LedgerScripts() {}
}
