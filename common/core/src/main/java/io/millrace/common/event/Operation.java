package io.millrace.common.event;

import org.jspecify.annotations.Nullable;

/** What happened to a row: Debezium's {@code op}, and one of our own. */
public enum Operation {
    CREATE('c'),
    UPDATE('u'),
    DELETE('d'),
    /** Read by a snapshot. */
    READ('r'),
    TRUNCATE('t'),
    /**
     * Every row of the table whose version is below this one's is gone. Said within a job, to targets that can find
     * these rows; no message has it.
     */
    SWEEP('s');

    private final char code;

    Operation(char code) {
        this.code = code;
    }

    /** Returns Debezium's one-letter code; for {@link #SWEEP}, which Debezium does not know, one of our own. */
    public char code() {
        return code;
    }

    /**
     * Returns the operation of a message's code.
     *
     * @throws IllegalArgumentException if no operation of Debezium has this code
     */
    public static Operation of(String code) {
        Operation operation = code.length() == 1 ? known(code.charAt(0)) : null;
        if (operation == null || operation == SWEEP) {
            throw new IllegalArgumentException("op is \"" + code + "\"; Debezium's are c, u, d, r and t");
        }
        return operation;
    }

    /** Returns the operation of a code that this job, or one before it, wrote in binary form. */
    static Operation ofOwn(char code) {
        Operation operation = known(code);
        if (operation == null) {
            throw new IllegalArgumentException("no operation has the code \"" + code + "\"");
        }
        return operation;
    }

    private static @Nullable Operation known(char code) {
        return switch (code) {
            case 'c' -> CREATE;
            case 'u' -> UPDATE;
            case 'd' -> DELETE;
            case 'r' -> READ;
            case 't' -> TRUNCATE;
            case 's' -> SWEEP;
            default -> null;
        };
    }
}
