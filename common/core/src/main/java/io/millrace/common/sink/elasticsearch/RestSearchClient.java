package io.millrace.common.sink.elasticsearch;

import io.millrace.common.sink.elasticsearch.ElasticsearchConfig.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.http.HttpEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.apache.http.nio.entity.NStringEntity;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/** Speaks to a cluster over its REST interface. */
final class RestSearchClient implements SearchClient, DocumentScroll {

    private static final ContentType NEWLINE_DELIMITED = ContentType.create("application/x-ndjson");

    /** Longer than any outage that a writer waits out. */
    private static final String SCROLL_KEPT = "10m";

    private final RestClient rest;

    RestSearchClient(Connection connection) throws IOException {
        this.rest = RestClients.open(connection);
    }

    @Override
    public List<ItemAnswer> bulk(List<RowRequest> requests) throws IOException {
        Request bulk = new Request("POST", "/_bulk");
        bulk.addParameter("filter_path", BulkAnswer.FILTER);
        bulk.setEntity(new NByteArrayEntity(BulkBody.of(requests), NEWLINE_DELIMITED));
        try (InputStream body =
                send(bulk, "a bulk of " + requests.size()).getEntity().getContent()) {
            return BulkAnswer.items(body, requests.size());
        }
    }

    @Override
    public void addFields(String alias, String properties) throws IOException {
        put("/" + alias + "/_mapping", "{\"properties\":" + properties + "}");
    }

    @Override
    public boolean isAlias(String name) throws IOException {
        return exists("/_alias/" + name);
    }

    @Override
    public Page begin(String alias, int pageSize) throws IOException {
        send(new Request("POST", "/" + alias + "/_refresh"), "a refresh of " + alias);
        Request search = new Request("POST", "/" + alias + "/_search");
        search.addParameter("scroll", SCROLL_KEPT);
        search.addParameter("allow_partial_search_results", "false");
        return page(search, ScrollBodies.first(pageSize), "a search in " + alias);
    }

    @Override
    public Page next(String scroll) throws IOException {
        return page(
                new Request("POST", "/_search/scroll"),
                ScrollBodies.next(scroll, SCROLL_KEPT),
                "the next page of a search");
    }

    private Page page(Request request, String json, String what) throws IOException {
        request.addParameter("filter_path", ScrollBodies.FILTER);
        request.setEntity(new NStringEntity(json, ContentType.APPLICATION_JSON));
        try (InputStream body = send(request, what).getEntity().getContent()) {
            return ScrollBodies.page(body);
        }
    }

    @Override
    public void end(String scroll) throws IOException {
        Request request = new Request("DELETE", "/_search/scroll");
        request.setEntity(new NStringEntity(ScrollBodies.end(scroll), ContentType.APPLICATION_JSON));
        send(request, "the end of a search");
    }

    boolean exists(String path) throws IOException {
        return send(new Request("HEAD", path), "HEAD " + path).getStatusLine().getStatusCode() == 200;
    }

    void put(String path, String json) throws IOException {
        Request request = new Request("PUT", path);
        request.setEntity(new NStringEntity(json, ContentType.APPLICATION_JSON));
        send(request, "PUT " + path);
    }

    private Response send(Request request, String what) throws IOException {
        try {
            return rest.performRequest(request);
        } catch (ResponseException e) {
            HttpEntity body = e.getResponse().getEntity();
            int status = e.getResponse().getStatusLine().getStatusCode();
            throw new RefusedException(what, BulkAnswer.error(status, body == null ? null : body.getContent()));
        }
    }

    @Override
    public void close() throws IOException {
        rest.close();
    }
}
