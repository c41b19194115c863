package io.millrace.analytics.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analytics.event.EventId;
import io.millrace.analytics.event.Exposure;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.window.Window;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SerializersTest {

    private static final Stamp STAMP = new Stamp(1, 2, 3, EventId.of("e"));
    private static final Sales SALES = new Sales(2, new BigDecimal("-19.990"));
    private static final Variants VARIANTS = new Variants(new TreeMap<>(Map.of(
            "a", new Counts(1, 2, 3, 4, 5, 6, new TreeMap<>(Map.of("EUR", SALES))), "b", Counts.ofExposures(7))));

    @Test
    void whatTravelsIsReadAsItWasWritten() throws IOException {
        isReadAsWritten(
                UserStepSerializer.INSTANCE,
                new UserStep(STAMP, new Exposure("x", "a"), new Money(new BigDecimal("1.10"), "EUR")));
        isReadAsWritten(UserStepSerializer.INSTANCE, new UserStep(STAMP, null, null));
        ExperimentHit hit = new ExperimentHit(STAMP, VARIANTS, 8);
        isReadAsWritten(ExperimentHitSerializer.INSTANCE, hit);
        isReadAsWritten(ExperimentNewsSerializer.INSTANCE, new ExperimentNews("x", hit));
        isReadAsWritten(
                ExperimentResultSerializer.INSTANCE,
                new ExperimentResult(new Window("x", 1, 2), VARIANTS, 9, new Moment(1, 2, 3)));
        isReadAsWritten(
                MismatchAlertSerializer.INSTANCE,
                new MismatchAlert(
                        "x",
                        "user-actions",
                        new Moment(1, 2, 3),
                        4,
                        1e-9,
                        new TreeMap<>(Map.of("a", new MismatchAlert.Share(5, 6.5)))));
    }

    @Test
    void aStateIsReadAsItWasWrittenAndItsCopyIsItsOwn() throws IOException {
        Journey journey = new Journey();
        journey.add(0, new UserStep(STAMP, new Exposure("x", "a"), new Money(BigDecimal.TEN, "EUR")));
        journey.settle(1, 1);
        journey.add(10, new UserStep(STAMP, new Exposure("x", "b"), new Money(BigDecimal.ONE, "EUR")));
        journey.cleanUpAt(5);
        Journey read = read(JourneySerializer.INSTANCE, journey);
        assertThat(read.counts(100)).isEqualTo(journey.counts(100)).isNotEmpty();
        assertThat(read.cleanUp()).isEqualTo(5);
        assertThat(read.oldest()).isZero();

        Journey copy = JourneySerializer.INSTANCE.copy(journey);
        copy.add(10, new UserStep(STAMP, new Exposure("x", "c"), null));
        copy.settle(100, 100);
        assertThat(read.counts(100)).isEqualTo(journey.counts(100)).isNotEmpty();
    }

    @Test
    void aStandingIsReadAsItWasWrittenAndItsCopyIsItsOwn() throws IOException {
        Standing standing = new Standing();
        standing.take(5, VARIANTS);
        standing.setMismatch(true);
        Standing read = read(StandingSerializer.INSTANCE, standing);
        Standing copy = StandingSerializer.INSTANCE.copy(standing);
        copy.take(6, VARIANTS);
        copy.setMismatch(false);

        assertThat(read.isMismatch()).isTrue();
        read.take(5, Variants.NONE);
        assertThat(read.users()).as("what it had of its last hour").containsValues(0L, 0L);
        assertThat(standing.users()).containsEntry("a", 3L).containsEntry("b", 0L);
        assertThat(standing.isMismatch()).isTrue();
    }

    /** The control is that today's form is read by the tests above. */
    @Test
    void aStateOfALaterVersionIsRefused() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        JourneySerializer.INSTANCE.serialize(new Journey(), out);
        byte[] bytes = out.getCopyOfBuffer();
        bytes[0]++;

        assertThatThrownBy(() -> JourneySerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("form 2")
                .hasMessageContaining("a later one");
    }

    private static <T> void isReadAsWritten(TypeSerializer<T> serializer, T value) throws IOException {
        assertThat(read(serializer, value)).isEqualTo(value);
    }

    private static <T> T read(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
