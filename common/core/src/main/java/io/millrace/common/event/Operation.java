package io.millrace.common.event;

/** What happened to a row: Debezium's {@code op}. */
public enum Operation {
    CREATE('c'),
    UPDATE('u'),
    DELETE('d'),
    /** Read by a snapshot. */
    READ('r'),
    TRUNCATE('t');

    private final char code;

    Operation(char code) {
        this.code = code;
    }

    /** Returns Debezium's one-letter code. */
    public char code() {
        return code;
    }

    /**
     * Returns the operation of a code.
     *
     * @throws IllegalArgumentException if no operation has this code
     */
    public static Operation of(String code) {
        for (Operation operation : values()) {
            if (code.length() == 1 && operation.code == code.charAt(0)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("op is \"" + code + "\"; Debezium's are c, u, d, r and t");
    }
}
