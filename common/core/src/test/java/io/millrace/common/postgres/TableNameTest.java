package io.millrace.common.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            public.users | public.users | "public"."users"
            users        | public.users | "public"."users"
            a.b.c        | a.b.c        | "a"."b.c"
            Odd one.a"b  | Odd one.a"b  | "Odd one"."a""b"
            """)
    void isTakenApartAtTheFirstDotAndQuoted(String written, String shown, String quoted) {
        TableName name = TableName.of(written);

        assertThat(name).hasToString(shown);
        assertThat(name.quoted()).isEqualTo(quoted);
    }
}
