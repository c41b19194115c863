package io.millrace.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.metrics.Metric.Kind;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MetricNamesTest {

    @Test
    void listsEveryMetricOnce() {
        long constants = Arrays.stream(MetricNames.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Metric.class)
                .count();

        assertThat(MetricNames.ALL)
                .hasSize((int) constants)
                .extracting(Metric::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void namesMetricsAsPrometheusTakesThem() {
        assertThat(MetricNames.ALL).allSatisfy(metric -> {
            assertThat(metric.name()).matches("[a-z][a-zA-Z]*");
            assertThat(metric.description()).endsWith(".");
            assertThat(metric.kind() == Kind.COUNTER).isEqualTo(metric.unit().equals("records"));
        });
    }
}
