package io.millrace.analytics.functions;

import java.util.function.UnaryOperator;

/**
 * Says what is to be done about a topic that was made anew.
 *
 * @param redrive the topic that dead letters are sent again to
 */
record OtherTopicRemedy(String redrive) implements UnaryOperator<String> {

    private static final String BEGIN = "Start the job without `--from` and with a `generation` higher by one, as for a"
            + " replay (docs/analytics.md): what it counts of the topics as they are now wins over what it counted before. ";

    private static final String EVENTS = "Windows of which the new topic has a part are counted from that part alone:"
            + " begin behind them by `source.kafka.start: timestamp` and `source.kafka.start-timestamp`, and they stay";

    private static final String LETTERS =
            "Send letters again that the topic that was may have held unread: `millrace dlq redrive --pipeline`";

    @Override
    public String apply(String topic) {
        return BEGIN + (topic.equals(redrive) ? LETTERS : EVENTS);
    }
}
