package io.millrace.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentHistogramTest {

    private long now = 1_000_000;
    private final RecentHistogram histogram = new RecentHistogram(() -> now);

    @Test
    void forgetsWhatIsOlderThanHalfAMinute() {
        histogram.update(900);
        now += 29_999;
        histogram.update(20);
        assertThat(histogram.getStatistics().getMax()).isEqualTo(900);

        now += 1;
        assertThat(histogram.getStatistics().getMax()).isEqualTo(20);
        assertThat(histogram.getStatistics().getQuantile(0.95)).isEqualTo(20);
        assertThat(histogram.getCount()).isEqualTo(2);
    }

    @Test
    void keepsTheLatestOfMany() {
        for (int i = 0; i < 5_000; i++) {
            histogram.update(i);
        }
        assertThat(histogram.getStatistics().size()).isEqualTo(1024);
        assertThat(histogram.getStatistics().getMin()).isEqualTo(5_000 - 1024);
        assertThat(histogram.getCount()).isEqualTo(5_000);
    }

    @Test
    void hasNoQuantileWithoutAValue() {
        assertThat(histogram.getStatistics().getQuantile(0.95)).isNaN();
        assertThat(histogram.getStatistics().size()).isZero();
    }
}
