package io.millrace.cdc.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cdc.model.Routes;
import io.millrace.cdc.model.Target;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import io.millrace.common.serde.debezium.JsonLimits;
import io.millrace.common.serde.declared.DeclaredTable;
import io.millrace.common.serde.declared.DeclaredTable.DeclaredColumn;
import io.millrace.common.serde.declared.DeclaredTables;
import io.millrace.common.serde.declared.Dialect;
import io.millrace.common.serde.declared.PostgresType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UntypedRowsTest {

    private static final String USERS = "public.users";
    private static final Routes ROUTES =
            new Routes(Map.of(USERS, Set.of(Target.REDIS)), List.of(), List.of(), List.of(), List.of(), List.of());

    private final Problems problems = new Problems();

    @Test
    void rowsOfUnknownTypesAreAProblemWithItsRemedies() {
        check("{\"id\":1,\"email\":null}", Map.of(), Set.of(USERS));

        assertThat(problems.found()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("routes[0].columns");
            assertThat(problem.message())
                    .contains("db.public.users carry no schema", "source.kafka.catalog", "schemas.enable");
        });
    }

    @Test
    void rowsThatNobodyNeedsTypesOfAreNone() {
        check("{\"id\":1,\"email\":null}", Map.of(), Set.of());

        assertThat(problems.found()).isEmpty();
        assertThat(problems.notes()).isEmpty();
    }

    @Test
    void aColumnThatNothingTellsIsAProblem() {
        check("{\"id\":1,\"email\":null}", Map.of(USERS, table("id", "emial")), Set.of(USERS));

        assertThat(problems.found()).extracting(Problem::path).containsExactly("routes[0].columns.email");
        assertThat(problems.found().get(0).message()).contains("did you mean `emial`?");
    }

    @Test
    void rowsWhoseColumnsAreAllKnownAreWell() {
        check("{\"id\":1,\"email\":null}", Map.of(USERS, table("id", "email")), Set.of(USERS));

        assertThat(problems.found()).isEmpty();
        assertThat(problems.notes()).isEmpty();
    }

    private void check(String row, Map<String, DeclaredTable> tables, Set<String> typed) {
        TopicContent content = new TopicContent("db.public.users", JsonLimits.DEFAULT);
        content.look().at(Records.change("db.public.users", -1, USERS, row));
        new UntypedRows(ROUTES, new DeclaredTables(tables, typed, Dialect.DEFAULT), problems).check(content);
    }

    private static DeclaredTable table(String... names) {
        Map<String, DeclaredColumn> columns = new LinkedHashMap<>();
        for (String name : names) {
            columns.put(name, new DeclaredColumn(PostgresType.parse("text").orElseThrow(), true));
        }
        return new DeclaredTable(columns);
    }
}
