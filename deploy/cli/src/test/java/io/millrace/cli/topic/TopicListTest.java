package io.millrace.cli.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.CommandFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicListTest {
    private static final TopicSpec STEP = new TopicSpec("{step}", 10, 3, Map.of("min.insync.replicas", "2"));
    private static final TopicSpec REPLY = STEP.named("{step}.reply");
    private static final TopicList LIST = new TopicList(
            List.of(new TopicSpec("alerts", 5, 3, Map.of())),
            List.of(STEP, REPLY),
            Map.of("default", TopicProfile.UNLIMITED, "two-brokers", new TopicProfile(8, 2)));

    @Test
    void aPlaceholderMakesOneTopicOfEachOfItsTemplatesForEachName() {
        assertThat(LIST.installation("default", Map.of("step", List.of("reserve", "pay"))))
                .extracting(TopicSpec::name)
                .containsExactly("alerts", "reserve", "pay", "reserve.reply", "pay.reply");
    }

    @Test
    void templatesThatNobodyAsksForMakeNothing() {
        assertThat(LIST.installation("default", Map.of()))
                .extracting(TopicSpec::name)
                .containsExactly("alerts");
    }

    @Test
    void aProfileLimitsPartitionsCopiesAndTheCopiesThatMustBeInSync() {
        assertThat(LIST.installation("two-brokers", Map.of("step", List.of("pay"))))
                .contains(new TopicSpec("pay", 8, 2, Map.of("min.insync.replicas", "1")));
    }

    @Test
    void anUnknownProfileIsAnErrorThatListsThem() {
        assertThatThrownBy(() -> LIST.installation("prod", Map.of()))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("profile `prod` is not in the list of topics; it has [default, two-brokers]");
    }

    @Test
    void anUnknownPlaceholderAndAnIllegalNameAreSaidTogether() {
        assertThatThrownBy(() -> LIST.installation("default", Map.of("tabel", List.of("a"), "step", List.of("a b"))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no template has a placeholder `{tabel}`; the placeholders are [step]")
                .hasMessageContaining("topic `a b`: Kafka takes only");
    }

    @Test
    void aTopicThatIsAskedForTwiceIsAnError() {
        assertThatThrownBy(() -> LIST.installation("default", Map.of("step", List.of("alerts"))))
                .hasMessageContaining("topics `alerts` and `alerts` are the same topic, listed twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "naïve", "a\nb", "a b"})
    void kafkaRefusesTheName(String name) {
        assertThat(TopicNames.problem(name)).isPresent();
    }

    @Test
    void kafkaRefusesALongName() {
        assertThat(TopicNames.problem("a".repeat(249))).isEmpty();
        assertThat(TopicNames.problem("a".repeat(250)))
                .hasValueSatisfying(problem -> assertThat(problem).contains("250 characters"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "dbserver1.public.users", "A_b-c.9", "..."})
    void kafkaTakesTheName(String name) {
        assertThat(TopicNames.problem(name)).isEmpty();
    }
}
