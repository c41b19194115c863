package io.millrace.common.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.function.Predicates;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTypesTest {

    /** As Debezium reads the option. */
    private static final Predicate<String> TOLD = Predicates.includes(SourceTypes.TOLD);

    @ParameterizedTest
    @ValueSource(strings = {"numeric", "varchar", "bit", "timetz", "json", "_int4", "interval", "hstore", "text_code"})
    void whatTheFieldDoesNotSayIsTold(String type) {
        assertThat(TOLD).accepts("public.users." + type, "public.text." + type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int8", "INT8", "bigserial", "bool", "text", "timestamptz", "uuid", "jsonb"})
    void whatItSaysIsNot(String type) {
        assertThat(TOLD).rejects("public.users." + type, "public.numeric." + type);
    }

    @Test
    void aTypeOfAnotherSchemaIsTold() {
        assertThat(TOLD).accepts("public.users.own.mood");
    }
}
