package io.millrace.analytics.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.JobInProcess;
import io.millrace.testing.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Samples from the topic to the table, and minutes merged to hours, on the real servers, against sorted lists. */
class LatencyIT extends OnRealServers {

    private static final int MINUTES = 3;
    private static final int REQUESTS = 2_000;
    private static final Percentage DOCUMENTED_ERROR = Percentage.withPercentage(0.8);
    private static final String SAMPLE = "{\"service\":\"latency-it\",\"route\":\"/orders/{id}\",\"method\":\"GET\","
            + "\"status\":%d,\"durationMs\":%s,\"timestamp\":\"%s\"}";

    private final Random random = new Random(42);

    /** The durations of each minute; those of the last one are ten times as long. */
    private final List<List<Double>> durations = new ArrayList<>();

    @Test
    void tellsPercentilesOfMinutesAndMergesThem() throws Exception {
        Topics topics = topics("latency");
        Warehouse warehouse = migrate();
        try (JobInProcess job = start(topics.yaml(0))) {
            topics.samples(samples());
            topics.sampleTime(noon.plusSeconds(MINUTES * 60));
            await("each minute")
                    .atMost(PATIENCE)
                    .until(
                            () -> warehouse.read("SELECT sum(requests), sum(errors), sum(late_count)"
                                    + " FROM millrace.request_latency_1min_current WHERE service = 'latency-it'"),
                            List.of(MINUTES * REQUESTS + "\t" + MINUTES + "\t0")::equals);
        }

        List<String> minutes = warehouse.read("SELECT p50, p90, p99, p999, error_rate"
                + " FROM millrace.request_latency_1min_current WHERE service = 'latency-it' ORDER BY window_start");
        for (int i = 0; i < MINUTES; i++) {
            requirePercentiles(minutes.get(i), durations.get(i));
            assertThat(minutes.get(i)).endsWith("\t0.0005");
        }
        List<String> hours = warehouse.read("SELECT p50, p90, p99, p999, requests, errors"
                + " FROM millrace.request_latency_1h WHERE service = 'latency-it' AND route = '/orders/{id}'");
        List<Double> all = durations.stream().flatMap(List::stream).sorted().toList();
        assertThat(hours).singleElement().satisfies(hour -> requirePercentiles(hour, all));
        assertThat(hours.get(0)).endsWith("\t6000\t3");
        assertThat(Double.parseDouble(warehouse
                        .read("SELECT avg(p99) FROM millrace.request_latency_1min_current"
                                + " WHERE service = 'latency-it'")
                        .get(0)))
                .as("the control: an average of percentiles is not that of all")
                .isLessThan(percentile(all, 0.99) * 0.9);
    }

    private List<String> samples() {
        List<String> samples = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            List<Double> own = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                double duration = (minute == MINUTES - 1 ? 40 : 4) * Math.exp(random.nextGaussian());
                own.add(duration);
                Instant time = noon.plusSeconds(minute * 60L).plusMillis(i * 30L);
                samples.add(SAMPLE.formatted(i == 7 ? 503 : i % 2 == 0 ? 200 : 404, duration, time));
            }
            own.sort(null);
            durations.add(own);
        }
        return samples;
    }

    private static void requirePercentiles(String row, List<Double> sorted) {
        String[] cells = row.split("\t", -1);
        double[] percentiles = {0.5, 0.9, 0.99, 0.999};
        for (int i = 0; i < percentiles.length; i++) {
            assertThat(Double.parseDouble(cells[i])).isCloseTo(percentile(sorted, percentiles[i]), DOCUMENTED_ERROR);
        }
    }

    private static double percentile(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(sorted.size() * share) - 1);
    }
}
