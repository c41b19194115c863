package io.millrace.common.metrics;

import java.util.Locale;
import java.util.stream.Collectors;

/** The reference of metrics as Markdown. */
public final class MetricsPage {

    private MetricsPage() {}

    /** Returns the whole page. */
    public static String markdown() {
        return """
                # Metrics

                Generated from the code. Every metric stands in the group `millrace` of its operator, under its labels. \
                Flink's Prometheus reporter shows `recordsOut` of a target as \
                `flink_taskmanager_job_task_operator_millrace_table_target_recordsOut{table="public.users",target="redis",…}`.

                | Metric | Kind | Labels | Unit | Description |
                |---|---|---|---|---|
                """ + MetricNames.ALL.stream().map(MetricsPage::row).collect(Collectors.joining());
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `" + metric.name() + "` | " + metric.kind().name().toLowerCase(Locale.ROOT) + " | " + labels + " | "
                + metric.unit() + " | " + metric.description() + " |\n";
    }
}
