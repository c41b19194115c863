package io.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.Addresses;
import io.millrace.local.LocalProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@WithServers({Server.KAFKA, Server.REDIS})
class WithServersIT {

    /** Other classes of this module name further ones, but none names these two. */
    @Test
    void startsOnlyTheServersThatAClassNames(LocalServers servers) {
        assertThat(servers.processes())
                .filteredOn(LocalProcess::running)
                .extracting(LocalProcess::name)
                .contains("kafka", "redis")
                .doesNotContain("elasticsearch", "clickhouse");
    }

    @Test
    void handsOutAddressesThatAnswer(Addresses addresses) {
        KafkaTopics topics = new KafkaTopics(addresses.kafkaBootstrap());
        topics.create("addresses", 3);
        topics.write(IntStream.range(0, 100)
                .mapToObj(n -> new ProducerRecord<>("addresses", bytes("key-" + n), bytes("value-" + n)))
                .toList());

        List<String> values = topics.read("addresses").stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();

        assertThat(values)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).mapToObj(n -> "value-" + n).toList());
    }

    @Test
    void sharesTheServersAmongClassesAndNeverUsesTheStandardPorts(LocalServers servers, Addresses addresses) {
        assertThat(servers.addresses()).isEqualTo(addresses);
        assertThat(addresses.kafkaBootstrap()).doesNotEndWith(":9092");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
