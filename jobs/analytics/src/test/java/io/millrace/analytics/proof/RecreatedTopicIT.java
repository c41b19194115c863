package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.JobInProcess;
import io.millrace.testing.Warehouse;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A topic is deleted and made anew under the job, and holds more than what was read of the old one. */
class RecreatedTopicIT extends OnRealServers {

    private static final int FEW = 10;
    private static final int MORE = 100;

    @Test
    void aSavepointOfTheOldOneIsRefusedAndAStartWithoutItCountsAll() throws Exception {
        Topics topics = topics("remade");
        Warehouse warehouse = migrate();
        String savepoint;
        try (JobInProcess job = start(topics.yaml(0))) {
            write(topics, FEW, noon);
            awaitViews(warehouse, topics, FEW);
            savepoint = job.stop();
        }
        String remade = topics.remakeViews();
        write(topics, MORE, noon);
        try (JobInProcess job = submit(topics.yaml(0), savepoint)) {
            assertThat(job.awaitFailure())
                    .contains("OtherTopicException: the topic " + remade + " was deleted and made anew")
                    .contains("Start the job without `--from` and with a `generation` higher by one");
        }
        awaitViews(warehouse, topics, FEW);
        try (JobInProcess job = start(topics.yaml(1))) {
            awaitViews(warehouse, topics, MORE);
        }
    }

    @Test
    void aRunningJobStops() throws Exception {
        Topics topics = topics("remaking");
        Warehouse warehouse = migrate();
        String yaml = topics.yaml(0).replace("{bootstrap-servers", "{discovery-interval: 1 s, bootstrap-servers");
        try (JobInProcess job = start(yaml)) {
            write(topics, FEW, noon);
            awaitViews(warehouse, topics, FEW);
            String remade = topics.remakeViews();
            write(topics, MORE, noon);

            assertThat(job.awaitFailure())
                    .contains("OtherTopicException: the topic " + remade + " was deleted and made anew");
        }
    }

    @Test
    void aSavepointIsRefusedAlsoIfTheTopicOfLettersIsAnotherOne() throws Exception {
        Topics topics = topics("remadeletters");
        migrate();
        String redrive = topics.makeRedrive();
        String savepoint;
        try (JobInProcess job = start(topics.yaml(0))) {
            savepoint = job.stop();
        }
        topics.remakeRedrive();
        try (JobInProcess job = submit(topics.yaml(0), savepoint)) {
            assertThat(job.awaitFailure())
                    .contains("OtherTopicException: the topic " + redrive + " was deleted and made anew")
                    .contains("millrace dlq redrive");
        }
    }

    private static void write(Topics topics, int views, Instant begin) {
        topics.views(IntStream.range(0, views)
                .mapToObj(i -> "{\"pageUrl\":\"%s\",\"userId\":\"%d\",\"timestamp\":\"%s\"}"
                        .formatted(topics.page(), i, begin.plusSeconds(i)))
                .toList());
        topics.time(begin.plusSeconds(301));
    }

    private static void awaitViews(Warehouse warehouse, Topics topics, int views) {
        String rows =
                "SELECT view_count FROM millrace.page_views_5min_current WHERE page_url = '" + topics.page() + "'";
        await("the window of " + views + " views")
                .atMost(PATIENCE)
                .until(() -> warehouse.read(rows), List.of("" + views)::equals);
    }
}
