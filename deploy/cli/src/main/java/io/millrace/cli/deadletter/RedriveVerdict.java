package io.millrace.cli.deadletter;

/** What becomes of a dead letter when letters are sent again. */
enum RedriveVerdict {
    SEND("is sent again"),
    SENT("was sent again before, and has not failed since"),
    PARKED("parked: it failed again; --parked sends it all the same"),
    TOO_OLD("refused: older than the deletions that the targets remember; write the row in the database again"),
    CAPTURED("refused: it never was in a topic; write the row in the database again"),
    TOPIC("refused: a topic compares no versions; write the row in the database again"),
    AWAY("refused: its payload is in a file that is not here; see `millrace dlq show`"),
    FOREIGN("refused: not written by Millrace");

    private final String words;

    RedriveVerdict(String words) {
        this.words = words;
    }

    /** What a user is told. */
    String words() {
        return words;
    }
}
