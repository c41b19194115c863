package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.JobJar;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is submitted: the job with its connectors, and nothing that belongs to the cluster. */
class JobJarIT {

    private static JobJar jar;

    @BeforeAll
    static void open() throws IOException {
        jar = JobJar.open();
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void startsTheJob() throws IOException {
        assertThat(jar.mainClass()).isEqualTo(AnalyticsJob.class.getName());
    }

    @Test
    void holdsItsLibrariesAndTheConnectors() {
        assertThat(jar.classes())
                .contains(
                        "org/apache/datasketches/hll/HllSketch.class",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "io/millrace/shaded/jackson/core/JsonFactory.class");
    }

    @Test
    void holdsNothingThatTheClusterHas() {
        assertThat(jar.foreign()).isEmpty();
    }

    @Test
    void holdsNothingOfAnEarlierBuild() throws IOException {
        assertThat(jar.leftovers()).isEmpty();
    }
}
