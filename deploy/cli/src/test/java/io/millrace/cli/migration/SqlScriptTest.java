package io.millrace.cli.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {
    @Test
    void splitsAtSemicolonsAndKeepsTheLineWhereEachBegins() {
        assertThat(SqlScript.split("SELECT 1;\n\n  SELECT 2\n;SELECT 3", Dialect.POSTGRES))
                .containsExactly(
                        new SqlStatement(1, "SELECT 1"),
                        new SqlStatement(3, "SELECT 2"),
                        new SqlStatement(4, "SELECT 3"));
    }

    @Test
    void dropsWhatIsOnlyCommentAndEmptyStatements() {
        assertThat(SqlScript.split("-- a; b\n/* c; */ ;; \n -- end", Dialect.POSTGRES))
                .isEmpty();
        assertThat(SqlScript.split("", Dialect.POSTGRES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';'",
                "SELECT 'it''s; here'",
                "SELECT '\\'",
                "SELECT E'it\\'s; here'",
                "SELECT e'\\\\'",
                "SELECT \"a;b\" FROM \"c\"\"d;\"",
                "SELECT 1 -- not yet; no\n + 2",
                "SELECT 1 /* not; yet */ + 2",
                "SELECT 1 /* outer; /* inner; */ still; */ + 2",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$",
                "DO $body$ BEGIN PERFORM '$$;'; END; $body$",
                "SELECT a$b$ FROM t$1",
                "SELECT $1 + $2",
                "SELECT 'über; ß'",
                "SELECT 1 - -1"
            })
    void aPostgresStatementStaysWhole(String sql) {
        assertThat(texts(sql + ";\nSELECT 2;", Dialect.POSTGRES)).containsExactly(sql, "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'it\\'s; here'",
                "SELECT `a;b`",
                "SELECT \"a\\\";b\"",
                "SELECT 1 /* not /* nested; */ + 2",
                "SELECT 'C:\\\\'",
                "INSERT INTO t VALUES ('a;b', 'c--d', '/*')"
            })
    void aClickHouseStatementStaysWhole(String sql) {
        assertThat(texts(sql + ";\nSELECT 2;", Dialect.CLICKHOUSE)).containsExactly(sql, "SELECT 2");
    }

    @Test
    void aBackslashEndsNothingInPostgresAndEscapesInClickHouse() {
        assertThat(texts("SELECT '\\'; SELECT 2", Dialect.POSTGRES)).hasSize(2);
        assertThatThrownBy(() -> SqlScript.split("SELECT '\\'; SELECT 2", Dialect.CLICKHOUSE))
                .hasMessageContaining("string that begins in line 1 does not end");
    }

    @Test
    void aWordThatEndsInEDoesNotMakeAnEscapeString() {
        assertThat(texts("SELECT date'\\'; SELECT 2", Dialect.POSTGRES)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1;\n'open", "SELECT 1;\n\"open", "SELECT 1;\n/* open", "SELECT 1;\n$x$ open $y$"})
    void whatDoesNotEndIsAnErrorWithItsLine(String sql) {
        assertThatThrownBy(() -> SqlScript.split(sql, Dialect.POSTGRES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("begins in line 2 does not end");
    }

    @Test
    void aCommentBeforeAStatementIsNotPartOfIt() {
        assertThat(SqlScript.split("-- why\nSELECT 1", Dialect.POSTGRES))
                .containsExactly(new SqlStatement(2, "SELECT 1"));
    }

    @Test
    void renamesADatabaseWhereItIsAName() {
        assertThat(SqlScript.rename(
                        "CREATE VIEW millrace.v AS SELECT 'millrace.t', millrace_x FROM `millrace`.t -- of millrace\n/* millrace */",
                        Dialect.CLICKHOUSE,
                        "millrace",
                        "site"))
                .isEqualTo(
                        "CREATE VIEW site.v AS SELECT 'millrace.t', millrace_x FROM site.t -- of millrace\n/* millrace */");
    }

    private static List<String> texts(String sql, Dialect dialect) {
        return SqlScript.split(sql, dialect).stream().map(SqlStatement::text).toList();
    }
}
