package io.millrace.analytics.event;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An exact amount of one currency.
 *
 * @param currency as its producer writes it, such as {@code EUR}
 */
public record Money(BigDecimal amount, String currency) {

    public void writeTo(DataOutputView out) throws IOException {
        writeAmount(amount, out);
        out.writeUTF(currency);
    }

    public static Money readFrom(DataInputView in) throws IOException {
        return new Money(readAmount(in), in.readUTF());
    }

    /**
     * Writes any number of at most 127 bytes.
     *
     * @throws IOException if it has more: read back it would be another
     */
    public static void writeAmount(BigDecimal amount, DataOutputView out) throws IOException {
        byte[] unscaled = amount.unscaledValue().toByteArray();
        if (unscaled.length > Byte.MAX_VALUE) {
            throw new IOException("an amount has " + amount.precision() + " digits, which is more than can be written");
        }
        out.writeByte(unscaled.length);
        out.write(unscaled);
        out.writeInt(amount.scale());
    }

    /** Reads what {@link #writeAmount} wrote. */
    public static BigDecimal readAmount(DataInputView in) throws IOException {
        byte[] unscaled = new byte[in.readByte()];
        in.readFully(unscaled);
        return new BigDecimal(new BigInteger(unscaled), in.readInt());
    }
}
