package io.millrace.common.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path where, as {@code targets.redis.batch-size} or {@code routes[2].redis.key}
 * @param message which value, why it cannot be, and the remedy; without a secret
 */
public record Problem(String path, String message) {

    @Override
    public String toString() {
        return path.isEmpty() ? message : "`" + path + "` " + message;
    }
}
