package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.shop.check.CheckResult;
import io.millrace.testing.WithServers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Another Debezium's topic that goes on after its database was restored from a dump: its positions begin again. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH})
class GenerationsIT {

    private static final int ROWS = 40;

    private final LocalServers servers;

    GenerationsIT(LocalServers servers) {
        this.servers = servers;
    }

    @Test
    void aReplayEndsWithTheRowsOfTheNewWorld() throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("worlds", servers)) {
            String topic = pipeline.names().topic("notes");
            String begin = writeTwoWorlds(pipeline, topic);

            String world = "source.kafka.generations=" + begin;
            try (JobInProcess job = pipeline.syncHere(List.of(topic), route(pipeline), "generation=1", world)) {
                pipeline.awaitDrained(job, List.of(topic));
            }

            CdcPipeline.assertOk(pipeline.compare("notes"));
        }
    }

    /** The control: one generation for both worlds, as a configuration without offsets has it. */
    @Test
    void theOldWorldWinsInAReplayThatIsNotToldWhereTheNewOneBegins() throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("oneworld", servers)) {
            String topic = pipeline.names().topic("notes");
            writeTwoWorlds(pipeline, topic);

            try (JobInProcess job = pipeline.syncHere(List.of(topic), route(pipeline), "generation=1")) {
                pipeline.awaitDrained(job, List.of(topic));
            }

            assertThat(pipeline.compare("notes")).hasSize(2).noneMatch(CheckResult::isOk);
        }
    }

    /** Writes both, the second into the database too, and returns where it begins. */
    private static String writeTwoWorlds(CdcPipeline pipeline, String topic) throws Exception {
        pipeline.topics().create(topic, 3);
        ForeignTopic before = new ForeignTopic(topic, 1_000_000);
        for (int id = 0; id < ROWS; id++) {
            before.put("c", id, "old");
        }
        pipeline.topics().write(before.drain());
        String begin = ends(pipeline, topic);
        ForeignTopic after = new ForeignTopic(topic, 1_000);
        for (int id = 0; id < ROWS; id++) {
            if (id % 4 == 0) {
                after.delete(id);
            } else {
                after.put("r", id, "new");
            }
        }
        pipeline.topics().write(after.drain());
        pipeline.execute("CREATE TABLE notes (id bigint PRIMARY KEY, body text)");
        pipeline.execute("INSERT INTO notes SELECT id, 'new' FROM generate_series(0, " + (ROWS - 1)
                + ") AS id WHERE id % 4 <> 0");
        return begin;
    }

    private static String ends(CdcPipeline pipeline, String topic) {
        Map<Integer, Long> ends = new TreeMap<>();
        pipeline.topics().read(topic).forEach(record -> ends.put(record.partition(), record.offset() + 1));
        return ends.entrySet().stream()
                .map(end -> topic + ":" + end.getKey() + "=" + end.getValue())
                .collect(Collectors.joining(","));
    }

    private static String route(CdcPipeline pipeline) {
        return """
                  - table: public.notes
                    columns: {id: bigint, body: text}
                    elasticsearch: {index: %s}
                    redis: {mode: write, key: "%s{id}"}
                """.formatted(pipeline.names().index("notes"), pipeline.names().keys("notes"));
    }
}
