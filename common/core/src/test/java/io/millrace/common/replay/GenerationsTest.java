package io.millrace.common.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.common.config.InvalidConfigurationException;
import io.millrace.common.config.Problem;
import io.millrace.common.config.Problems;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerationsTest {

    private final Generations generations =
            Generations.beginningAt(List.of("users:0=100,users:1=0", "users:0=100, users:1=50, orders:0=7"));

    @ParameterizedTest
    @CsvSource({
        "users, 0, 0, 0",
        "users, 0, 99, 0",
        "users, 0, 100, 2",
        "users, 1, 0, 1",
        "users, 1, 49, 1",
        "users, 1, 50, 2",
    })
    void beginsAGenerationAtItsOffset(String topic, int partition, long offset, int generation) {
        assertThat(generations.of(topic, partition, offset)).isEqualTo(generation);
    }

    @ParameterizedTest
    @CsvSource({"orders, 0, 0, 1", "orders, 0, 7, 2", "users, 2, 0, 2", "coupons, 0, 0, 2"})
    void takesAPartitionThatIsNotNamedForOneThatBeganLater(String topic, int partition, long offset, int generation) {
        assertThat(generations.of(topic, partition, offset)).isEqualTo(generation);
    }

    @Test
    void isOneForAllUnlessToldOtherwise() {
        assertThat(Generations.only(3).of("users", 0, 0)).isEqualTo(3);
        assertThat(Generations.beginningAt(List.of()).of("users", 0, 5)).isZero();
    }

    @Test
    void travelsWithItsJob() throws Exception {
        assertThat(InstantiationUtil.clone(generations)).isEqualTo(generations).hasSameHashCodeAs(generations);
        assertThat(Generations.only(0)).isNotEqualTo(Generations.only(1)).hasToString("0");
        assertThat(generations)
                .hasToString("0 and more from [users:0=100,users:1=0," + " orders:0=7,users:0=100,users:1=50]");
    }

    @Test
    void findsEveryProblem() {
        assertThat(problems("users:0=100,users", "users:x=1", "users:0=1,users:0=2"))
                .containsExactly(
                        "generations[0] holds `users`: it has no topic, partition and offset; write"
                                + " <topic>:<partition>=<offset>, as `user-actions:3=1042`",
                        "generations[1] holds `users:x=1`: `x` is no number; write <topic>:<partition>=<offset>, as"
                                + " `user-actions:3=1042`",
                        "generations[2] holds `users:0=2`: the partition is named twice; write"
                                + " <topic>:<partition>=<offset>, as `user-actions:3=1042`");
    }

    @Test
    void refusesOffsetsThatFallAndPartitionsThatVanish() {
        assertThat(problems("users:0=100,users:1=5,users:2=5", "users:0=99,users:1=5"))
                .containsExactly(
                        "generations[1] has users:0=99, below the 100 of the entry before; offsets only grow",
                        "generations[1] does not name users:2, which the entry before does; name it, because the"
                                + " partition was there already");
        assertThatThrownBy(() -> Generations.beginningAt(List.of("users:0=100", "users:0=99")))
                .isInstanceOf(InvalidConfigurationException.class);
    }

    @Test
    void tellsWhichTopicsAreNamed() {
        assertThat(Generations.check("", List.of("b:0=1", "a:0=1,b:0=2"), new Problems()))
                .containsExactly("a", "b");
    }

    private static List<String> problems(String... begins) {
        Problems problems = new Problems();
        Generations.check("generations", List.of(begins), problems);
        return problems.found().stream().map(GenerationsTest::text).toList();
    }

    private static String text(Problem problem) {
        return problem.path() + " " + problem.message();
    }
}
