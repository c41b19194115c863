package io.millrace.benchmarks.flink;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Exact percentiles of each minute and route: a list of all samples, sorted at the end. */
final class ListAndSortJob {

    private static final String INTO = "request_latency_1min (window_start, service, route, method, requests, errors,"
            + " error_rate, p50, p90, p99, p999, late_count, _version, _is_deleted)";
    private static final int ERROR = 500;

    private ListAndSortJob() {}

    static void build(StreamExecutionEnvironment env, PeerSettings settings) {
        JsonSource.of(env, settings, Sample.class, sample -> sample.timestamp)
                .keyBy(Sample::key)
                .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(1))
                .process(new Sort(), Types.STRING)
                .sinkTo(new ClickHouseSink(settings.get("clickhouse"), INTO));
    }

    private static final class Sort extends ProcessWindowFunction<Sample, String, String, TimeWindow> {

        private static final long serialVersionUID = 1L;

        @Override
        public void process(String key, Context context, Iterable<Sample> samples, Collector<String> out) {
            double[] sorted = StreamSupport.stream(samples.spliterator(), false)
                    .mapToDouble(sample -> sample.durationMs)
                    .toArray();
            Arrays.sort(sorted);
            long errors = StreamSupport.stream(samples.spliterator(), false)
                    .filter(sample -> sample.status >= ERROR)
                    .count();
            String[] names = key.split("\t", -1);
            out.collect("{\"window_start\":" + context.window().getStart() + ",\"service\":\"" + names[0]
                    + "\",\"route\":\"" + names[1] + "\",\"method\":\"" + names[2] + "\",\"requests\":" + sorted.length
                    + ",\"errors\":" + errors + ",\"error_rate\":" + (double) errors / sorted.length + ",\"p50\":"
                    + rank(sorted, 500) + ",\"p90\":" + rank(sorted, 900) + ",\"p99\":" + rank(sorted, 990)
                    + ",\"p999\":" + rank(sorted, 999) + ",\"late_count\":0,\"_version\":" + sorted.length
                    + ",\"_is_deleted\":0}");
        }

        private static double rank(double[] sorted, int perMille) {
            return sorted[Math.max(1, (int) (((long) sorted.length * perMille + 999) / 1_000)) - 1];
        }
    }
}
