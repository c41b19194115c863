package io.millrace.common.event;

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
        for (Operation operation : values()) {
            if (operation != SWEEP && code.length() == 1 && operation.code == code.charAt(0)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("op is \"" + code + "\"; Debezium's are c, u, d, r and t");
    }

    /** Returns the operation of a code that this job, or one before it, wrote in binary form. */
    static Operation ofOwn(char code) {
        return code == SWEEP.code ? SWEEP : of(String.valueOf(code));
    }
}
