package io.millrace.common.sink.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.event.ProducedRecord;
import io.millrace.common.sink.redis.Publisher.Message;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** A notification in each of its forms. */
class NotificationFormsTest {

    /** What {@code @socket.io/redis-emitter} 5.1.0 publishes for these values. */
    private static final String EMITTED = "93a7656d697474657283a47479706502a46461746192af70726f66696c652d757064617465"
            + "6482a26964a26162a76368616e67656487a5656d61696ca4c3a44062a66c6f67696e73cd012ca3626967d3fffffffed5fa0e00"
            + "a5726174696fcb3fe0000000000000a6616374697665c3a4676f6e65c0a47461677392a16190a36e7370a12f83a5726f6f6d73"
            + "91a6757365723a31a5666c61677380a665786365707490";

    @Test
    void isWhatSocketIosEmitterPublishes() throws IOException {
        Message message = SocketIoPacket.of(
                Told.of(
                        "user:1",
                        "{\"id\":\"ab\",\"changed\":{\"email\":\"ä@b\",\"logins\":300,\"big\":-5000000000,\"ratio\":0.5,"
                                + "\"active\":true,\"gone\":null,\"tags\":[\"a\",[]]}}"),
                "socket.io");

        assertThat(new String(message.channel(), UTF_8)).isEqualTo("socket.io#/#user:1#");
        assertThat(HexFormat.of().formatHex(message.body())).isEqualTo(EMITTED);
    }

    @Test
    void goesToTheChannelOfItsNamespaceAndTheAdaptersKey() throws IOException {
        Notification told =
                new Notification("public.users", "x", "/admin", "user:1", new byte[0], "{}".getBytes(UTF_8), 0, null);

        assertThat(new String(SocketIoPacket.of(told, "other").channel(), UTF_8))
                .isEqualTo("other#/admin#user:1#");
    }

    /** Nested JSON of a user may hold any number. */
    @Test
    void packsEveryNumber() throws IOException {
        String numbers = "[0,-1,127,128,-129,65536,9007199254740993,-9223372036854775808,18446744073709551615,"
                + "18446744073709551616,1.5,1e300,-0.0]";
        Message message = SocketIoPacket.of(Told.of("user:1", "{\"n\":" + numbers + "}"), "socket.io");

        try (MessageUnpacker body = MessagePack.newDefaultUnpacker(message.body())) {
            Value data = body.unpackValue().asArrayValue().get(1).asMapValue().map().entrySet().stream()
                    .filter(field -> field.getKey().toString().equals("data"))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            assertThat(data.asArrayValue().get(1).toJson())
                    .isEqualTo("{\"n\":[0,-1,127,128,-129,65536,9007199254740993,-9223372036854775808,"
                            + "18446744073709551615,1.8446744073709552E19,1.5,1.0E300,-0.0]}");
        }
    }

    @Test
    void isARecordWithItsEventAndRoom() {
        ProducedRecord record = NotificationSinks.record("notifications", Told.of("user:\"1", "{\"id\":\"ab\"}"));

        assertThat(record.topic()).isEqualTo("notifications");
        assertThat(new String(record.key(), UTF_8)).isEqualTo("{\"id\":1}");
        assertThat(new String(record.value(), UTF_8))
                .isEqualTo("{\"event\":\"profile-updated\",\"room\":\"user:\\\"1\",\"id\":\"ab\"}");
        assertThat(new String(
                        NotificationSinks.record("n", Told.of(null, "{\"id\":\"ab\"}"))
                                .value(),
                        UTF_8))
                .contains("\"room\":null,");
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        for (Notification told : new Notification[] {
            Told.of("user:1", "{}"), new Notification("t", "e", "/", null, new byte[0], new byte[] {1}, 0, null)
        }) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            NotificationSerializer.INSTANCE.serialize(told, out);
            Notification read =
                    NotificationSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

            assertThat(read).usingRecursiveComparison().isEqualTo(told);
        }
    }
}
