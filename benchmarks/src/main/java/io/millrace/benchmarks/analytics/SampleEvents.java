package io.millrace.benchmarks.analytics;

import io.millrace.benchmarks.workload.Zipf;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Samples of requests: some 310 bytes. Durations are log-normal around 20 ms; one of 50 answers is an error. */
final class SampleEvents implements EventKind {

    static final String TOPIC = "metrics";
    static final int[] PER_MILLE = {500, 900, 990, 999};

    private static final long WINDOW = 60_000;
    private static final int ROUTES = 20;
    private static final int DURATION_BITS = 32;
    private static final long DURATIONS = (1L << DURATION_BITS) - 1;
    private static final double MEDIAN_MICROS = 20_000;
    private static final double SPREAD = 0.8;

    private final Zipf routes = new Zipf(ROUTES, 1);
    private final TimeSpan span;
    private final Codes seen = new Codes();
    private final Map<Long, Long> errors = new HashMap<>();

    /**
     * What a row must say.
     *
     * @param millis of the exact percentiles, of the nearest rank
     */
    record Row(long requests, long errors, List<Double> millis) {}

    SampleEvents(TimeSpan span) {
        this.span = span;
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public Event make(long time, RandomGenerator random) {
        int route = routes.next(random);
        long micros = Math.round(MEDIAN_MICROS * Math.exp(SPREAD * random.nextGaussian()));
        boolean isError = random.nextInt(50) == 0;
        long place = (time - span.begin()) / WINDOW * ROUTES + route;
        seen.add(place << DURATION_BITS | micros);
        if (isError) {
            errors.merge(place, 1L, Long::sum);
        }
        return event(route(route), isError ? 503 : 200, micros, time, random.nextInt());
    }

    @Override
    public Event closing(long time) {
        return event("/closing", 200, 1_000, time, 0);
    }

    private static Event event(String route, int status, long micros, long time, int any) {
        String id = Integer.toHexString(any | 0x10000000);
        String millis = micros / 1_000 + "." + String.format(Locale.ROOT, "%03d", micros % 1_000);
        String json = "{\"service\":\"api\",\"route\":\"" + route + "\",\"method\":\"GET\",\"status\":" + status
                + ",\"durationMs\":" + millis + ",\"timestamp\":\"" + Instant.ofEpochMilli(time)
                + "\",\"host\":\"api-7c9d-"
                + id + "\",\"traceId\":\"" + id + id + id + id
                + "\",\"region\":\"eu-central-1\",\"version\":\"4.12.1\","
                + "\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\"}";
        return new Event("api-" + id.charAt(3), json, time);
    }

    private static String route(int number) {
        return "/orders/{id}/items/" + number;
    }

    /** Returns what each minute and route must come to, by {@link #key}. */
    Map<String, Row> expected() {
        Map<String, Row> rows = new HashMap<>();
        long[] codes = seen.sorted();
        int from = 0;
        while (from < codes.length) {
            long place = codes[from] >> DURATION_BITS;
            int to = from;
            while (to < codes.length && codes[to] >> DURATION_BITS == place) {
                to++;
            }
            long[] window = Arrays.copyOfRange(codes, from, to);
            List<Double> millis = Arrays.stream(PER_MILLE)
                    .mapToObj(perMille -> nearestRank(window, perMille))
                    .toList();
            rows.put(
                    key(span.begin() + place / ROUTES * WINDOW, route((int) (place % ROUTES))),
                    new Row(to - from, errors.getOrDefault(place, 0L), millis));
            from = to;
        }
        return rows;
    }

    private static Double nearestRank(long[] sorted, int perMille) {
        int rank = Math.max(1, (int) (((long) sorted.length * perMille + 999) / 1_000));
        return (sorted[rank - 1] & DURATIONS) / 1_000.0;
    }

    static String key(long window, String route) {
        return window + " " + route;
    }
}
