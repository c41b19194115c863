package io.millrace.cdc.functions;

import java.util.function.UnaryOperator;

/**
 * Says what is to be done about a topic that was made anew.
 *
 * @param redrive the topic that dead letters are sent again to
 */
record OtherTopicRemedy(String redrive) implements UnaryOperator<String> {

    private static final String BEGIN = "Start the job without `--from`: it reads the topics from their beginning, and"
            + " versions keep an older row from replacing a newer one. ";

    private static final String ROWS =
            "Rows that the new topic does not have stay in the targets; empty these before, if there may be any";

    private static final String LETTERS =
            "Send letters again that the topic that was may have held unread: `millrace dlq redrive --pipeline`";

    @Override
    public String apply(String topic) {
        return BEGIN + (topic.equals(redrive) ? LETTERS : ROWS);
    }
}
