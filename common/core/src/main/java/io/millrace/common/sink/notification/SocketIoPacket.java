package io.millrace.common.sink.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.sink.redis.Publisher.Message;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/**
 * A notification as Socket.IO's Redis emitter publishes an event to one room: in MessagePack, the emitter's name in
 * place of a server's id, the packet, and to whom it goes.
 */
final class SocketIoPacket {

    private static final String EMITTER = "emitter";
    private static final int EVENT = 2;
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

    private static final ObjectMapper JSON = new ObjectMapper();

    private SocketIoPacket() {}

    /**
     * Makes the message.
     *
     * @param key begins the channel, as {@code socket.io}
     */
    static Message of(Notification notification, String key) throws IOException {
        String room = Objects.requireNonNull(notification.room(), "without a room nobody is told");
        String channel = key + "#" + notification.namespace() + "#" + room + "#";
        return new Message(channel.getBytes(StandardCharsets.UTF_8), body(notification, room));
    }

    private static byte[] body(Notification notification, String room) throws IOException {
        try (MessageBufferPacker body = MessagePack.newDefaultBufferPacker()) {
            body.packArrayHeader(3).packString(EMITTER);
            body.packMapHeader(3).packString("type").packInt(EVENT);
            body.packString("data").packArrayHeader(2).packString(notification.event());
            pack(JSON.readTree(notification.data()), body);
            body.packString("nsp").packString(notification.namespace());
            body.packMapHeader(3).packString("rooms").packArrayHeader(1).packString(room);
            body.packString("flags").packMapHeader(0);
            body.packString("except").packArrayHeader(0);
            return body.toByteArray();
        }
    }

    private static void pack(JsonNode value, MessageBufferPacker body) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                body.packMapHeader(value.size());
                for (Map.Entry<String, JsonNode> field : value.properties()) {
                    body.packString(field.getKey());
                    pack(field.getValue(), body);
                }
            }
            case ARRAY -> {
                body.packArrayHeader(value.size());
                for (JsonNode element : value) {
                    pack(element, body);
                }
            }
            case STRING -> body.packString(value.textValue());
            case BOOLEAN -> body.packBoolean(value.booleanValue());
            case NUMBER -> packNumber(value, body);
            default -> body.packNil();
        }
    }

    /** What has no whole number in MessagePack is what a reader of JSON in JavaScript would make of it. */
    private static void packNumber(JsonNode number, MessageBufferPacker body) throws IOException {
        if (number.canConvertToLong() && number.isIntegralNumber()) {
            body.packLong(number.longValue());
        } else if (number.isBigInteger() && isPackable(number.bigIntegerValue())) {
            body.packBigInteger(number.bigIntegerValue());
        } else {
            body.packDouble(number.doubleValue());
        }
    }

    private static boolean isPackable(BigInteger number) {
        return number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0;
    }
}
