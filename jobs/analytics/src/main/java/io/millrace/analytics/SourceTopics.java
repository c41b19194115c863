package io.millrace.analytics;

import io.millrace.analytics.functions.SourceTopic;
import io.millrace.analytics.model.Result.Input;
import io.millrace.common.source.kafka.TopicIds;
import io.millrace.common.source.kafka.TopicOptions;

/** The topics that events of each kind are read from. */
record SourceTopics(SourceTopic pageViews, SourceTopic userActions, SourceTopic requests) {

    /** Returns those of Kafka. What is not read is not asked for: what is known of it stays known. */
    static SourceTopics of(AnalyticsOptions options) {
        ChosenResults chosen = new ChosenResults(options.results());
        return new SourceTopics(
                topic(options, options.pageViews(), chosen.read(Input.PAGE_VIEWS)),
                topic(options, options.userActions(), chosen.read(Input.USER_ACTIONS)),
                topic(options, options.requests(), chosen.read(Input.METRICS)));
    }

    /** Returns those of events that come from elsewhere. */
    static SourceTopics unread(AnalyticsOptions options) {
        return new SourceTopics(
                topic(options, options.pageViews(), false),
                topic(options, options.userActions(), false),
                topic(options, options.requests(), false));
    }

    private static SourceTopic topic(AnalyticsOptions options, TopicOptions topic, boolean isRead) {
        String redrive = options.redrive().topic();
        return new SourceTopic(
                topic.topics().get(0),
                redrive,
                isRead ? TopicIds.of(topic, redrive) : TopicIds.unknown(),
                topic.discoveryInterval());
    }
}
