package io.millrace.common.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void putsTheGenerationAboveEveryPosition() {
        assertThat(Version.of(1, 0)).isGreaterThan(Version.of(0, Version.MAX_POSITION));
        assertThat(Version.of(Version.MAX_GENERATION, Version.MAX_POSITION)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void givesBackItsParts() {
        long version = Version.of(7, 123_456_789L);

        assertThat(Version.generation(version)).isEqualTo(7);
        assertThat(Version.position(version)).isEqualTo(123_456_789L);
    }

    @Test
    void sortsAsTextAsItDoesAsANumber() {
        assertThat(Version.toText(9)).isLessThan(Version.toText(10)).hasSize(19);
        assertThat(Version.parse(Version.toText(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void stopsAtAnOverflow() {
        assertThatThrownBy(() -> Version.of(256, 0))
                .isInstanceOf(VersionOverflowException.class)
                .hasMessage("generation 256 is not between 0 and 255");
        assertThatThrownBy(() -> Version.of(0, 1L << 55))
                .isInstanceOf(VersionOverflowException.class)
                .hasMessage("position 36028797018963968 is not between 0 and 36028797018963967");
    }

    @Test
    void refusesANegativeText() {
        assertThatThrownBy(() -> Version.parse("-1")).isInstanceOf(NumberFormatException.class);
    }
}
