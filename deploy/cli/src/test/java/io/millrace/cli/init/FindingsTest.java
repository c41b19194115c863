package io.millrace.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final List<Table> ROUTED =
            List.of(new Table("public", "users", List.of("id"), 0, 0), new Table("public", "Ünï", List.of("id"), 0, 0));

    @Test
    void tellsWhatIsInTheWayOfOneTableFromWhatIsInTheWayOfAll() throws Exception {
        Findings findings = Findings.in(
                List.of(
                        "WARNING: something of Flink's",
                        "{\"found\":\"problem\",\"path\":\"source\",\"message\":\"has wal_level = replica\"}",
                        "{\"found\":\"problem\",\"path\":\"tables.public.users\",\"message\":\"has no key\"}",
                        "{\"found\":\"problem\",\"path\":\"routes[1].kafka\",\"message\":\"cannot be a topic\"}",
                        "{\"found\":\"problem\",\"path\":\"tables.millrace.heartbeat\",\"message\":\"is a view\"}",
                        "{\"found\":\"note\",\"path\":\"tables.public.users\",\"message\":\"has generated columns\"}",
                        "{\"found\":\"all\"}"),
                ROUTED);

        assertThat(findings.general())
                .containsExactly("source has wal_level = replica", "tables.millrace.heartbeat is a view");
        assertThat(findings.tables())
                .isEqualTo(Map.of("public.users", List.of("has no key"), "public.Ünï", List.of("cannot be a topic")));
        assertThat(findings.notes()).containsExactly("public.users has generated columns");
    }
}
