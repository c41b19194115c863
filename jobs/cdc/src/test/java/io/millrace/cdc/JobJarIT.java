package io.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.JobJar;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is submitted: the job with its connectors, and nothing that belongs to the cluster. */
class JobJarIT {

    /** Packages that are expected, by their first parts; whatever else appears has to be looked at first. */
    private static final Set<String> EXPECTED = Set.of(
            "com.carrotsearch",
            "com.clickhouse",
            "com.github.luben",
            "com.github.mustachejava",
            "com.google.common",
            "com.google.protobuf",
            "com.google.thirdparty",
            "com.tdunning",
            "com.zaxxer",
            "io.debezium",
            "io.lettuce",
            "io.millrace",
            "io.projectreactor",
            "javax",
            "joptsimple",
            "net.jpountz",
            "org.HdrHistogram",
            "org.apache.commons",
            "org.apache.flink",
            "org.apache.hc",
            "org.apache.http",
            "org.apache.kafka",
            "org.apache.lucene",
            "org.elasticsearch",
            "org.jose4j",
            "org.joda",
            "org.msgpack",
            "org.objectweb",
            "org.postgresql",
            "org.reactivestreams",
            "org.tartarus",
            "org.xerial",
            "reactor",
            "redis.clients");

    /** What of Flink is bundled: connectors. Everything else is on the cluster. */
    private static final List<String> CONNECTORS = List.of(
            "org/apache/flink/cdc/",
            "org/apache/flink/connector/",
            "org/apache/flink/shaded/guava31/",
            "org/apache/flink/streaming/connectors/",
            "org/apache/flink/streaming/util/serialization/");

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
    void holdsNoFlinkButItsConnectors() {
        assertThat(jar.classes().filter(name -> name.startsWith("org/apache/flink/")))
                .isNotEmpty()
                .allMatch(name -> CONNECTORS.stream().anyMatch(name::startsWith))
                .doesNotContain(
                        "org/apache/flink/streaming/api/environment/StreamExecutionEnvironment.class",
                        "org/apache/flink/runtime/taskexecutor/TaskExecutor.class",
                        "org/apache/flink/api/common/ExecutionConfig.class");
    }

    @Test
    void holdsNothingUnexpected() {
        Set<String> packages = new TreeSet<>();
        jar.classes().forEach(name -> packages.add(head(name)));

        assertThat(packages).isSubsetOf(EXPECTED).contains("io.millrace", "io.debezium", "org.postgresql");
    }

    @Test
    void holdsNoLoggingAndNoUnrelocatedLibraryThatTheClusterHasToo() {
        assertThat(jar.classes())
                .noneMatch(name -> name.startsWith("org/slf4j/"))
                .noneMatch(name -> name.contains("/log4j/"))
                .noneMatch(name -> name.startsWith("io/netty/"))
                .noneMatch(name -> name.startsWith("com/fasterxml/jackson/"))
                .anyMatch(name -> name.startsWith("io/millrace/shaded/netty/"))
                .anyMatch(name -> name.startsWith("io/millrace/shaded/jackson/"));
    }

    @Test
    void startsTheJob() throws IOException {
        assertThat(jar.mainClass()).isEqualTo(CdcJob.class.getName());
    }

    @Test
    void mergesServicesAndLeavesSignaturesOut() throws IOException {
        assertThat(jar.text("META-INF/services/org.apache.kafka.common.config.provider.ConfigProvider"))
                .contains("EnvVarConfigProvider");
        assertThat(jar.text("META-INF/services/io.millrace.shaded.jackson.core.JsonFactory"))
                .contains("io.millrace.shaded.jackson.");
        assertThat(jar.names()).noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"));
    }

    @Test
    void keepsThePatchedClassesOfDebezium() throws IOException {
        for (String patched : List.of(
                "io/debezium/connector/postgresql/connection/PostgresReplicationConnection.class",
                "io/debezium/connector/postgresql/connection/ReplicationMessageColumnValueResolver.class",
                "io/debezium/connector/postgresql/TypeRegistry.class")) {
            try (InputStream first = getClass().getClassLoader().getResourceAsStream(patched)) {
                assertThat(jar.bytes(patched)).as(patched).isEqualTo(first.readAllBytes());
            }
        }
    }

    @Test
    void holdsNothingOfAnEarlierBuild() throws IOException {
        assertThat(jar.leftovers()).isEmpty();
    }

    private static String head(String name) {
        String[] parts = name.split("/", -1);
        boolean deep = Set.of("com", "io", "net", "org", "redis").contains(parts[0]);
        boolean deeper = Set.of("com/github", "com/google", "org/apache").contains(parts[0] + "/" + parts[1]);
        return deeper ? parts[0] + "." + parts[1] + "." + parts[2] : deep ? parts[0] + "." + parts[1] : parts[0];
    }
}
