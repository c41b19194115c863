package io.millrace.analytics;

import io.millrace.analytics.event.PageView;
import io.millrace.analytics.event.PageViewSerializer;
import io.millrace.analytics.event.RequestSample;
import io.millrace.analytics.event.RequestSampleSerializer;
import io.millrace.analytics.event.Stamped;
import io.millrace.analytics.event.UserAction;
import io.millrace.analytics.event.UserActionSerializer;
import io.millrace.analytics.model.Result.Input;
import io.millrace.analytics.parse.PageViewParser;
import io.millrace.analytics.parse.ParseEvents;
import io.millrace.analytics.parse.ParserOf;
import io.millrace.analytics.parse.PassOver;
import io.millrace.analytics.parse.RequestSampleParser;
import io.millrace.analytics.parse.UserActionParser;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.source.idleness.Idleness;
import io.millrace.common.source.idleness.ListeningSource;
import io.millrace.common.source.kafka.KafkaRecordSource;
import io.millrace.common.source.kafka.TopicOptions;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Either;

/** The topics of events, each a source of its own: one that stands still does not hold the others' windows back. */
final class AnalyticsSources {

    static final String PAGE_VIEWS_UID = "analytics.read-page-views";

    static final String USER_ACTIONS_UID = "analytics.read-user-actions";

    static final String REQUESTS_UID = "analytics.read-requests";

    private final StreamExecutionEnvironment env;
    private final AnalyticsOptions options;
    private final ChosenResults chosen;

    AnalyticsSources(StreamExecutionEnvironment env, AnalyticsOptions options) {
        this.env = env;
        this.options = options;
        this.chosen = new ChosenResults(options.results());
    }

    DataStream<Either<DeadLetter, PageView>> pageViews() {
        return read(
                Input.PAGE_VIEWS, options.pageViews(), PageViewParser::new, PageViewSerializer.TYPE, PAGE_VIEWS_UID);
    }

    DataStream<Either<DeadLetter, UserAction>> userActions() {
        return read(
                Input.USER_ACTIONS,
                options.userActions(),
                UserActionParser::new,
                UserActionSerializer.TYPE,
                USER_ACTIONS_UID);
    }

    DataStream<Either<DeadLetter, RequestSample>> requests() {
        return read(
                Input.METRICS,
                options.requests(),
                RequestSampleParser::new,
                RequestSampleSerializer.TYPE,
                REQUESTS_UID);
    }

    private <E extends Stamped> DataStream<Either<DeadLetter, E>> read(
            Input input, TopicOptions topic, ParserOf<E> kind, TypeInformation<E> type, String uid) {
        String name = topic.topics().get(0);
        KafkaSource<Either<DeadLetter, E>> source = chosen.read(input)
                ? KafkaRecordSource.unbounded(topic, options.redrive().topic(), parsing(name, kind, type))
                : KafkaRecordSource.silent(topic, new PassOver<>(ParseEvents.typeOf(type)));
        Idleness silent = new Idleness(options.eventTime().idleness());
        return env.fromSource(
                        // what could not be read counts as silence
                        new ListeningSource<>(source, source.getProducedType(), silent, Either::isRight),
                        options.eventTime().strategy(silent),
                        name,
                        source.getProducedType())
                .uid(uid);
    }

    private <E extends Stamped> ParseEvents<E> parsing(String topic, ParserOf<E> kind, TypeInformation<E> type) {
        return new ParseEvents<>(topic, kind, options.limits(), type, options.name(), options.redrive());
    }
}
