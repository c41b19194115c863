package io.millrace.analytics.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.window.Window;
import io.millrace.common.event.ProducedRecord;
import io.millrace.common.replay.Fence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HighValueUserTest {

    private static final HighValueUser USER = new HighValueUser(
            "user-actions",
            new UserActivity(new Window("ada", 0, 3_600_000), 1, 2, 3, 4, 10, 5, new LatestPurchase(9, 3, 42)));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            user-actions:3=43                                 | true
            user-actions:3=42                                 | false
            user-actions:2=43                                 | false
            user-actions:3=43,watermark=1970-01-01T01:00:00Z  | true
            user-actions:3=43,watermark=1970-01-01T00:59:59Z  | false
            """)
    void isSilentOnlyIfTheLiveJobHasToldIt(String fence, boolean silent) {
        assertThat(USER.isBehind(Fence.parse(fence))).isEqualTo(silent);
        assertThat(USER.isBehind(Fence.NONE)).isFalse();
    }

    @Test
    void isToldWithItsActivity() {
        ProducedRecord record = USER.toRecord("high-value-user-detected");

        assertThat(record.topic()).isEqualTo("high-value-user-detected");
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("ada");
        assertThat(record.value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"userId\":\"ada\",\"windowStart\":\"1970-01-01T00:00:00Z\","
                        + "\"windowEnd\":\"1970-01-01T01:00:00Z\",\"pageViews\":1,\"clicks\":2,\"searches\":3,"
                        + "\"purchases\":4,\"events\":10,\"late\":5}");
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        HighValueUserSerializer.INSTANCE.serialize(USER, out);

        assertThat(HighValueUserSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(USER);
    }
}
