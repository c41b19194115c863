package io.millrace.common.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FenceTest {

    private final Fence fence = Fence.parse("user-actions:0=100, user-actions:1=7,a:b:2=1");

    @ParameterizedTest
    @CsvSource({
        "user-actions, 0, 99, true",
        "user-actions, 0, 100, false",
        "user-actions, 0, 101, false",
        "user-actions, 1, 6, true",
        "user-actions, 1, 7, false",
        "a:b, 2, 0, true",
    })
    void liesJustBeforeTheFirstOffsetThatTheLiveJobHasNotHandled(
            String topic, int partition, long offset, boolean behind) {
        assertThat(fence.isBehind(topic, partition, offset)).isEqualTo(behind);
    }

    @Test
    void holdsNothingBackThatTheLiveJobNeverRead() {
        assertThat(fence.isBehind("user-actions", 2, 0)).isFalse();
        assertThat(fence.isBehind("page-views", 0, 0)).isFalse();
        assertThat(Fence.NONE.isBehind("user-actions", 0, 0)).isFalse();
    }

    @Test
    void isReadFromItsOwnText() throws Exception {
        assertThat(fence).hasToString("a:b:2=1,user-actions:0=100,user-actions:1=7");
        assertThat(Fence.parse(fence.toString())).isEqualTo(fence).hasSameHashCodeAs(fence);
        assertThat(Fence.parse(" ")).isEqualTo(Fence.NONE).isNotEqualTo(fence);
        assertThat(InstantiationUtil.clone(fence)).isEqualTo(fence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders | it has no topic",
                ":1=2 | it has no topic",
                "orders:1 | it has no topic",
                "orders:x=2 | `x` is no number",
                "orders:1=-2 | -2 is not between",
                "orders:4294967296=2 | 4294967296 is not between",
                "orders:1=2,orders:1=3 | named twice",
                "orders:1=2, | it has no topic",
            })
    void saysWhatIsWrongAndHowItShouldLook(String text, String why) {
        assertThatThrownBy(() -> Fence.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("user-actions:3=1042");
    }

    @Test
    void aWindowIsBehindOnceTheLiveJobsTimeHadPassedItToo() {
        Fence timed = Fence.parse("user-actions:0=100,watermark=1970-01-01T00:05:00Z");

        assertThat(timed.isBehind("user-actions", 0, 99, 300_001)).isTrue();
        assertThat(timed.isBehind("user-actions", 0, 99, 300_002)).isFalse();
        assertThat(timed.isBehind("user-actions", 0, 100, 300_000)).isFalse();
        assertThat(timed.isBehind("user-actions", 0, 99)).isTrue();
        assertThat(fence.isBehind("user-actions", 0, 99, 300_002))
                .as("without a time")
                .isTrue();
        assertThat(Fence.parse(timed.toString())).isEqualTo(timed).isNotEqualTo(fence);
        assertThat(timed).hasToString("user-actions:0=100,watermark=1970-01-01T00:05:00Z");
        assertThatThrownBy(() -> Fence.parse("watermark=noon")).hasMessageContaining("write a time");
    }
}
