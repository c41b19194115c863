package io.millrace.common.sink.elasticsearch;

import io.millrace.common.failure.Outage;
import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.IndexSettings;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * Makes the indices ready before a job is submitted: a template, an index and its alias for every route, and the
 * settings as configured. What is there already stays; doing it again changes nothing.
 */
public final class ElasticsearchIndices {

    private ElasticsearchIndices() {}

    /**
     * Makes everything ready, waiting for Elasticsearch as long as the configuration's back-off allows.
     *
     * @throws IOException if Elasticsearch cannot be reached or refuses; the message says what to do
     */
    public static void prepare(ElasticsearchConfig config) throws IOException, InterruptedException {
        Outage outage = new Outage("Elasticsearch", config.backoff(), new CountDownLatch(1), System::nanoTime);
        try (RestSearchClient client = new RestSearchClient(config.connection())) {
            for (IndexRoute route : config.routes()) {
                prepareOnceReachable(client, route, config.indices(), outage);
            }
        }
    }

    private static void prepareOnceReachable(
            RestSearchClient client, IndexRoute route, IndexSettings settings, Outage outage)
            throws IOException, InterruptedException {
        while (true) {
            try {
                prepare(client, route, settings);
                return;
            } catch (RefusedException e) {
                if (e.answer().verdict() != ItemAnswer.Verdict.TRANSIENT) {
                    throw FatalException.answered(e);
                }
                outage.pause(e);
            } catch (FatalException e) {
                throw e;
            } catch (IOException e) {
                outage.pause(e);
            }
        }
    }

    private static void prepare(RestSearchClient client, IndexRoute route, IndexSettings settings) throws IOException {
        client.put("/_index_template/" + route.index(), IndexBodies.template(route, settings));
        if (!client.isAlias(route.index())) {
            if (client.exists("/" + route.index())) {
                throw FatalException.noAlias(route.index());
            }
            createIndex(client, route);
        }
        client.put(
                "/" + route.index() + "/_settings",
                IndexBodies.adjustableSettings(settings).toString());
        if (route.mapping() != null) {
            client.addFields(route.index(), IndexBodies.properties(route).toString());
        }
    }

    private static void createIndex(RestSearchClient client, IndexRoute route) throws IOException {
        try {
            client.put("/" + route.firstIndex(), IndexBodies.firstIndex(route));
        } catch (RefusedException e) {
            if (!"resource_already_exists_exception".equals(e.answer().errorType()) || !client.isAlias(route.index())) {
                throw e;
            }
        }
    }
}
