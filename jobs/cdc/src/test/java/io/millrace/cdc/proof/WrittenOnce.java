package io.millrace.cdc.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.replay.Version;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What exactly-once promises to whoever reads committed records only. */
final class WrittenOnce {

    private WrittenOnce() {}

    /** A change that was captured again would stand in its topic with its key and its version a second time. */
    static void assertIn(CdcPipeline pipeline) {
        for (String topic : pipeline.names().topics()) {
            Set<String> seen = new HashSet<>();
            for (ConsumerRecord<byte[], byte[]> record : pipeline.topics().read(topic)) {
                String write =
                        new String(record.headers().lastHeader(Version.HEADER).value(), UTF_8)
                                + (record.value() == null ? " tombstone " : " change ")
                                + new String(record.key(), UTF_8);
                assertThat(seen.add(write)).as("%s is in %s once", write, topic).isTrue();
            }
            assertThat(seen).as(topic).isNotEmpty();
        }
    }
}
