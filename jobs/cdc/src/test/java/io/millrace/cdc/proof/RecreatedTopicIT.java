package io.millrace.cdc.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.JobInProcess;
import io.millrace.local.LocalServers;
import io.millrace.local.Server;
import io.millrace.testing.WithServers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A topic is deleted and made anew under a sync, and holds more than what was read of the old one. */
@WithServers({Server.KAFKA, Server.POSTGRES, Server.REDIS, Server.ELASTICSEARCH})
class RecreatedTopicIT {

    private static final String TABLE = "notes";
    private static final int FIRST = 100;
    private static final String NAME = "recreated-letters-sync";

    @Test
    void aSavepointOfTheOldOneIsRefusedAndAStartWithoutItReadsAll(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("recreated", servers);
                TargetRows rows = new TargetRows(servers, pipeline.names(), TABLE)) {
            String topic = pipeline.names().topic(TABLE);
            write(pipeline, 0, 10);
            String savepoint;
            try (JobInProcess job = pipeline.syncHere(List.of(topic), route(pipeline))) {
                pipeline.awaitDrained(job, List.of(topic));
                savepoint = job.stop(pipeline.savepoints());
            }
            recreate(pipeline);
            try (JobInProcess job = pipeline.resumeHere(savepoint, List.of(topic), route(pipeline))) {
                assertRefused(job, topic);
            }
            assertThat(rows.document(FIRST).isMissingNode()).isTrue();
            try (JobInProcess job = pipeline.syncHere(List.of(topic), route(pipeline))) {
                pipeline.awaitDrained(job, List.of(topic));
            }
            assertThat(rows.document(FIRST).path("body").asText()).isEqualTo("new");
        }
    }

    @Test
    void aRunningJobStops(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("recreating", servers)) {
            String topic = pipeline.names().topic(TABLE);
            write(pipeline, 0, 10);
            try (JobInProcess job =
                    pipeline.syncHere(List.of(topic), route(pipeline), "source.kafka.discovery-interval=1 s")) {
                pipeline.awaitDrained(job, List.of(topic));
                recreate(pipeline);
                assertRefused(job, topic);
            }
        }
    }

    @Test
    void aSavepointIsRefusedAlsoIfTheTopicOfLettersIsAnotherOne(LocalServers servers) throws Exception {
        try (CdcPipeline pipeline = CdcPipeline.open("recreatedletters", servers)) {
            List<String> topics = List.of(pipeline.names().topic(TABLE));
            String letters = NAME + ".redrive";
            write(pipeline, 0, 10);
            pipeline.topics().create(letters, 1);
            String savepoint;
            try (JobInProcess job = pipeline.syncHere(topics, route(pipeline), "name=" + NAME)) {
                pipeline.awaitDrained(job, topics);
                savepoint = job.stop(pipeline.savepoints());
            }
            pipeline.topics().delete(letters);
            pipeline.topics().create(letters, 1);
            try (JobInProcess job = pipeline.resumeHere(savepoint, topics, route(pipeline), "name=" + NAME)) {
                assertRefused(job, letters);
            }
        }
    }

    private static void write(CdcPipeline pipeline, int from, int to) {
        String topic = pipeline.names().topic(TABLE);
        pipeline.topics().createCompacted(topic, 1);
        ForeignTopic records = new ForeignTopic(topic);
        for (int id = from; id < to; id++) {
            records.put("c", id, "new");
        }
        pipeline.topics().write(records.drain());
    }

    private static void recreate(CdcPipeline pipeline) {
        pipeline.topics().delete(pipeline.names().topic(TABLE));
        write(pipeline, FIRST, 3 * FIRST);
    }

    private static void assertRefused(JobInProcess job, String topic) throws Exception {
        assertThat(job.awaitFailure())
                .contains("OtherTopicException: the topic " + topic + " was deleted and made anew")
                .contains("Start the job without `--from`");
    }

    private static String route(CdcPipeline pipeline) {
        return """
                  - table: public.notes
                    columns: {id: bigint, body: text}
                    elasticsearch: {index: %s}
                """.formatted(pipeline.names().index(TABLE));
    }
}
