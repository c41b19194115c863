package io.millrace.common.sink.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.common.replay.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteKeysTest {

    private final RouteKeys written = new RouteKeys(RedisRoute.write(Rows.TABLE, "u[*]:{a}:x-{b}-?"));
    private final RouteKeys filled = new RouteKeys(RedisRoute.invalidate(Rows.TABLE, "u:{id}"));

    private static List<byte[]> bytes(String... keys) {
        return Arrays.stream(keys).map(key -> key.getBytes(UTF_8)).toList();
    }

    @Test
    void lookForVersionsWhereRowsAreWrittenAndForTheKeysThemselvesWhereServicesFillThem() {
        assertThat(written.pattern()).isEqualTo("{u\\[\\*\\]:*:x-*-\\?}:v");
        assertThat(filled.pattern()).isEqualTo("u:*");
    }

    @Test
    void areThoseThatTheTemplateMakes() throws Exception {
        String made = KeyTemplate.parse("u[*]:{a}:x-{b}-?").render(Map.of("a", "%:}{ \u0000*", "b", "Zoë-?"));

        assertThat(written.among(bytes("{" + made + "}:v", "{" + made + "}:v", "{u[*]:1:x--?}:v")))
                .containsExactly(made, "u[*]:1:x--?");
    }

    @Test
    void areNobodyElses() {
        assertThat(written.among(bytes(
                        "u[*]:1:x-2-?",
                        "{u[*]:1:x-2-?}",
                        "{u[*]:1:x-2-?}:w",
                        "{u[*]:1:y-2-?}:v",
                        "{u[*]:1:x-2-!}:v",
                        "{uu:1:x-2-?}:v",
                        "{u[*]:1:2:x-2-?}:v",
                        "{u[*]:{1}:x-2-?}:v",
                        "{u[*]:%3a:x-2-?}:v",
                        "{u[*]:%41:x-2-?}:v",
                        "{u[*]:%FF:x-2-?}:v",
                        "{u[*]:%:x-2-?}:v",
                        "{}:v",
                        "}:v")))
                .isEmpty();
        assertThat(filled.among(bytes("u:1", "u:1:2", "{u:1}:v", "u:a b", "v:1")))
                .containsExactly("u:1");
        assertThat(filled.among(List.of(new byte[] {'u', ':', (byte) 0xFF}))).isEmpty();
    }

    @Test
    void areSweptBelowTheVersionOnly() {
        assertThat(written.isSwept(Version.toText(9), 10)).isTrue();
        assertThat(written.isSwept(Version.toText(10), 10)).isFalse();
        assertThat(written.isSwept(Version.toText(Long.MAX_VALUE), 10)).isFalse();
        assertThat(filled.isSwept(Version.toText(9), 10)).isTrue();
        assertThat(filled.isSwept(Version.toText(10), 10)).isFalse();
    }

    @Test
    void areSweptWithoutAVersionWhereServicesFillThemOnly() {
        for (String none : new String[] {null, RedisKeys.NO_VERSION, "9", "000000000000000000x"}) {
            assertThat(written.isSwept(none, 10)).as("%s", none).isFalse();
            assertThat(filled.isSwept(none, 10)).as("%s", none).isTrue();
        }
    }
}
