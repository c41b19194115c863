package io.millrace.audit.chain;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The first byte of a state: the number of its binary form, so that a later version of the job can tell which one it
 * reads.
 */
public final class StateForm {

    private StateForm() {}

    public static void write(int form, DataOutputView out) throws IOException {
        out.writeByte(form);
    }

    /**
     * Reads the number.
     *
     * @param newest that this version of the job can read
     * @throws IOException if it is none of 1 to that: a later version wrote it
     */
    public static int read(int newest, DataInputView in) throws IOException {
        int form = in.readByte();
        if (form < 1 || form > newest) {
            throw new IOException("the savepoint holds a state of the form " + form
                    + "; this version of the job reads 1 to " + newest
                    + ". Start the version that wrote it, or a later one; or start without a savepoint: the job then"
                    + " goes on where the archive ends");
        }
        return form;
    }
}
