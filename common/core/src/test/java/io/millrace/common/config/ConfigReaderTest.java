package io.millrace.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

    private static final Setting<String> NAME =
            Setting.text("name", "Name of the pipeline.").mustBeGiven();
    private static final Setting<Integer> SIZE = Setting.integer("targets.redis.batch-size", 500, "Writes in a batch.")
            .mustBe(size -> size >= 1, "be at least 1", "an empty batch writes nothing");
    private static final Setting<Duration> WAIT =
            Setting.duration("targets.redis.timeout", Duration.ofSeconds(5), "Time to wait for an answer.");
    private static final Setting<MemorySize> DOCUMENT =
            Setting.memorySize("limits.document", MemorySize.ofMebiBytes(1), "Largest document.");
    private static final Setting<TimeUnit> UNIT = Setting.oneOf("unit", TimeUnit.class, TimeUnit.DAYS, "A unit.");
    private static final Setting<List<String>> TOPICS = Setting.list("source.topics", "Topics.");
    private static final Setting<ClientProperties> PROPERTIES = Setting.properties("source.properties", "Extra.");
    private static final Setting<Secret> PASSWORD = Setting.secret("targets.redis.password", "Password.");
    private static final List<Setting<?>> ALL = List.of(NAME, SIZE, WAIT, DOCUMENT, UNIT, TOPICS, PROPERTIES, PASSWORD);

    private final Problems problems = new Problems();

    @TempDir
    Path folder;

    @Test
    void readsNestedAndDottedKeysWithTheirTypes() {
        ConfigReader config = read("""
                name: cdc-sync
                targets.redis:
                  batch-size: 7
                  timeout: 3 min
                limits: {document: 512 kb}
                unit: milliseconds
                source:
                  topics: [a, b]
                  properties: {security.protocol: SASL_SSL, retries: 3}
                """);

        assertThat(problems.found()).isEmpty();
        assertThat(config.get(NAME)).isEqualTo("cdc-sync");
        assertThat(config.get(SIZE)).isEqualTo(7);
        assertThat(config.get(WAIT)).isEqualTo(Duration.ofMinutes(3));
        assertThat(config.get(DOCUMENT)).isEqualTo(MemorySize.parse("512kb"));
        assertThat(config.get(UNIT)).isEqualTo(TimeUnit.MILLISECONDS);
        assertThat(config.get(TOPICS)).containsExactly("a", "b");
        assertThat(config.get(PROPERTIES).reveal()).isEqualTo(Map.of("security.protocol", "SASL_SSL", "retries", "3"));
        assertThat(config.find(PASSWORD)).isEmpty();
    }

    @Test
    void givesDefaultsWhereNothingIsWritten() {
        ConfigReader config = read("name: a");

        assertThat(config.get(SIZE)).isEqualTo(500);
        assertThat(config.get(TOPICS)).isEmpty();
        assertThat(config.get(PROPERTIES)).isEqualTo(ClientProperties.none());
        assertThat(config.has("targets.redis")).isFalse();
    }

    @Test
    void keepsScalarsAsTheyAreWritten() {
        assertThat(read("name: 0123_4").get(NAME)).isEqualTo("0123_4");
        assertThat(read("name: no").get(NAME)).isEqualTo("no");
    }

    @Test
    void knowsThatAnEmptyMappingIsThere() {
        assertThat(read("{name: a, targets: {redis: }}").has("targets.redis")).isTrue();
        assertThat(problems.found()).isEmpty();
    }

    @Test
    void letsAnOverrideWin() {
        ConfigReader config = read(
                "{name: a, unit: days, source: {topics: [x]}}",
                Map.of("unit", "hours", "source.topics", "[a, b]", "source.properties.acks", "all"));

        assertThat(problems.found()).isEmpty();
        assertThat(config.get(UNIT)).isEqualTo(TimeUnit.HOURS);
        assertThat(config.get(TOPICS)).containsExactly("a", "b");
        assertThat(config.get(PROPERTIES).reveal()).containsEntry("acks", "all");
    }

    @Test
    void tellsEveryProblemAtOnce() {
        read("""
                targets:
                  redis: {batch-size: 0, timeout: soon, bach-size: 3}
                  redsi: {a: 1, b: 2}
                unit: fortnights
                source: {topics: {a: b}, properties: 5}
                limits: [1]
                """);

        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage("""
                        the configuration has 9 problems:
                          - `name` is missing; Name of the pipeline.
                          - `targets.redis.batch-size` is "0"; it must be at least 1, because an empty batch writes nothing
                          - `targets.redis.timeout` is "soon"; it must be a duration, as `30 s`, `5 min` or `100 ms`
                          - `unit` is "fortnights"; it must be one of nanoseconds | microseconds | milliseconds | seconds | minutes | hours | days
                          - `source.properties` is "5"; it must be a mapping, as `{name: value}`
                          - `limits` is a single value or a list; it must be a mapping
                          - `source.topics` is a mapping; it must be a single value or a list
                          - `targets.redis.bach-size` is unknown; did you mean `batch-size`?
                          - `targets.redsi` is unknown; did you mean `redis`?""");
    }

    @Test
    void refusesAValueThatIsLeftOut() {
        read("{name: a, unit: }");

        assertThat(problems.found()).containsExactly(new Problem("unit", "has no value; give one or remove the line"));
    }

    @Test
    void leavesSubtreesToTheirReader() {
        ConfigReader config =
                new ConfigReader("{name: a, routes: [{table: x}]}", Map.of(), new Placeholders(Map.of()), problems);
        config.refuseUnknown(ALL, Set.of("routes"));

        assertThat(problems.found()).isEmpty();
        assertThat(config.subtree("routes").path(0).path("table").textValue()).isEqualTo("x");
    }

    @Test
    void takesSecretsFromTheEnvironmentAndFromFiles() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "canary-7\n");
        ConfigReader config = read("name: x-${env:PLACE}\ntargets.redis.password: ${file:" + file + "}");

        assertThat(config.get(NAME)).isEqualTo("x-here");
        assertThat(config.get(PASSWORD).reveal()).isEqualTo("canary-7");
        assertThat(config.get(PASSWORD)).hasToString("***").isEqualTo(new Secret("canary-7"));
    }

    @Test
    void namesThePlaceholderThatHasNoValue() {
        read("name: ${env:NOWHERE}${what:ever}\ntargets.redis.password: ${file:" + folder.resolve("none") + "}");

        assertThat(problems.found())
                .extracting(Problem::path)
                .containsExactly("name", "name", "targets.redis.password");
        assertThat(problems.found().get(0).message())
                .isEqualTo(
                        "names the environment variable NOWHERE, which is not set; set it where the job is submitted");
        assertThat(problems.found().get(1).message()).contains("${what:…}", "${env:NAME}");
        assertThat(problems.found().get(2).message()).contains("does not exist");
    }

    @Test
    void keepsAnEscapedPlaceholder() {
        assertThat(read("name: $${env:PLACE}").get(NAME)).isEqualTo("${env:PLACE}");
    }

    @Test
    void neverShowsAResolvedValueOrASecret() {
        Setting<Secret> strict = PASSWORD.mustBe(secret -> secret.reveal().length() > 8, "be long", "it is guessed");
        ConfigReader config = new ConfigReader(
                "{targets.redis.password: canary, name: a, targets.redis.timeout: '${env:CANARY}'}",
                Map.of(),
                new Placeholders(Map.of("CANARY", "canary")),
                problems);
        config.check(List.of(strict, WAIT));

        assertThat(problems.found()).hasSize(2);
        assertThat(problems.found().toString()).doesNotContain("canary").contains("***", "${env:CANARY}");
    }

    @Test
    void saysWhatIsNoYaml() {
        assertThat(problemOf("a: [")).startsWith("the text is not YAML: ");
        assertThat(problemOf("- a")).startsWith("the text is not a YAML mapping");
        assertThat(problemOf("")).startsWith("the text is empty");
        assertThat(problemOf("a: 1\na: 2")).contains("Duplicate").contains("line 2");
        assertThat(problemOf("a: &x 1\nb: *x")).contains("alias").contains("line 2");
        assertThat(problemOf("a: 1\n---\nb: 1")).contains("second document");
        assertThat(problemOf("a: " + "[".repeat(18) + "]".repeat(18))).contains("deeper than 16");
        assertThat(problemOf("a: " + "[".repeat(10_000))).contains("deeper than 16");
        assertThat(problemOf("a: " + "x".repeat(1 << 20))).contains("at most 1048576");
        assertThat(problemOf("a: {b: 1}\na.b: 2")).isEqualTo("is written twice, nested and dotted; remove one");
    }

    private static String problemOf(String yaml) {
        Problems problems = new Problems();
        new ConfigReader(yaml, Map.of(), new Placeholders(Map.of()), problems);
        assertThat(problems.found()).hasSize(1);
        return problems.found().get(0).message();
    }

    private ConfigReader read(String yaml) {
        return read(yaml, Map.of());
    }

    private ConfigReader read(String yaml, Map<String, String> overrides) {
        ConfigReader config = new ConfigReader(yaml, overrides, new Placeholders(Map.of("PLACE", "here")), problems);
        config.check(ALL);
        config.refuseUnknown(ALL, Set.of());
        return config;
    }
}
