package io.millrace.common.sink.redis;

import java.io.Serializable;

/** Opens the connection of one subtask; travels with the job graph. */
interface RedisWritesProvider extends Serializable {

    RedisWrites open(RedisConfig.Connection connection);
}
