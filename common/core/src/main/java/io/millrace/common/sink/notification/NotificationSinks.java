package io.millrace.common.sink.notification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.effect.SideEffectSink;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.sink.kafka.KafkaTarget;
import io.millrace.common.sink.kafka.KafkaTargetConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where notifications go. At least once, those of one row in their order; a repeated one has the id it had. */
public final class NotificationSinks {

    /** The name of this target in metrics and in the stage of dead letters. */
    public static final String NAME = "notifications";

    private static final ObjectMapper JSON = new ObjectMapper();

    private NotificationSinks() {}

    /**
     * To Socket.IO servers with the Redis adapter. Redis has taken a notification before the checkpoint that covers it
     * completes; it keeps none for servers and clients that are away.
     */
    public static SideEffectSink<Notification> socketIo(SocketIoConfig config) {
        return SideEffectSink.of(new SocketIoSink(config));
    }

    /** To a topic, keyed by the row's key, in JSON: event and room, and what the event carries. */
    public static SideEffectSink<Notification> topic(KafkaTargetConfig config, String topic) {
        return SideEffectSink.of(KafkaTarget.atLeastOnce(config, notification -> record(topic, notification)));
    }

    static ProducedRecord record(String topic, Notification notification) {
        String beginning = "{\"event\":" + text(notification.event()) + ",\"room\":" + text(notification.room()) + ",";
        String data = new String(notification.data(), StandardCharsets.UTF_8);
        byte[] value = (beginning + data.substring(1)).getBytes(StandardCharsets.UTF_8);
        return new ProducedRecord(topic, notification.key(), value, List.of());
    }

    private static String text(@Nullable String value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text cannot be written as JSON", e);
        }
    }
}
