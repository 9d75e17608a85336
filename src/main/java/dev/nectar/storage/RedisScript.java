package dev.nectar.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.Base16;
import java.util.List;

/**
 * What Redis does in one go.
 *
 * @param text in Lua; returns 1 or true, or else 0 or false
 * @param digest by which Redis knows it, once it has seen it
 */
public record RedisScript(String text, String digest) {

  public RedisScript(String text) {
    this(text, Base16.digest(text.getBytes(UTF_8)));
  }

  boolean execute(
      RedisClusterCommands<String, String> commands, List<String> keys, List<String> arguments) {
    var names = keys.toArray(String[]::new);
    var values = arguments.toArray(String[]::new);
    try {
      return commands.<Boolean>evalsha(digest, ScriptOutputType.BOOLEAN, names, values);
    } catch (RedisNoScriptException _) {
      return commands.<Boolean>eval(text, ScriptOutputType.BOOLEAN, names, values);
    }
  }
}
