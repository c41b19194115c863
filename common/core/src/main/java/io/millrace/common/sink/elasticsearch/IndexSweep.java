package io.millrace.common.sink.elasticsearch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.common.event.RowChange;
import io.millrace.common.failure.Outage;
import io.millrace.common.serde.Columns;
import io.millrace.common.sink.elasticsearch.DocumentScroll.Hit;
import io.millrace.common.sink.elasticsearch.DocumentScroll.Page;
import io.millrace.common.sink.elasticsearch.ItemAnswer.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.elasticsearch.index.VersionType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the documents of one table whose version is below that of the sweep, page by page. A deletion leaves the
 * sweep's version behind, so that an older write that comes late stays refused; but it gives way to an equal one, which
 * is a row of the snapshot itself. Whatever breaks a walk, it begins again: what was deleted is not met twice.
 */
final class IndexSweep {

    /** Below the 10,000 that an index allows. */
    static final int PAGE = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(IndexSweep.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RowChange sweep;
    private final String alias;
    private final DocumentScroll documents;
    private final RowBulk bulk;
    private final int maxActions;
    private final Supplier<Outage> outages;
    private @Nullable String scroll;
    private @Nullable Outage outage;
    private long pages;
    private long furthest;

    IndexSweep(
            RowChange sweep,
            String alias,
            DocumentScroll documents,
            RowBulk bulk,
            int maxActions,
            Supplier<Outage> outages) {
        this.sweep = sweep;
        this.alias = alias;
        this.documents = documents;
        this.bulk = bulk;
        this.maxActions = maxActions;
        this.outages = outages;
    }

    /**
     * Looks at one page, waiting for Elasticsearch as any write does.
     *
     * @return whether there may be more
     * @throws IOException if patience has ended, or nobody could go on
     */
    boolean step() throws IOException, InterruptedException {
        Page page = read();
        if (page.hits().isEmpty()) {
            end(page);
            return false;
        }
        List<RowRequest> deletions = deletions(page);
        for (int from = 0; from < deletions.size(); from += maxActions) {
            bulk.carry(deletions.subList(from, Math.min(from + maxActions, deletions.size())));
        }
        return true;
    }

    private Page read() throws IOException, InterruptedException {
        while (true) {
            try {
                Page page = scroll == null ? documents.begin(alias, PAGE) : documents.next(scroll);
                scroll = page.scroll();
                noteProgress();
                return page;
            } catch (RefusedException e) {
                if (!passes(e)) {
                    throw FatalException.answered(e);
                }
                beginAgain(e);
            } catch (IOException e) {
                beginAgain(e);
            }
        }
    }

    /** An outage ends when the walk gets further than ever: one that is lost again and again gets nowhere. */
    private void noteProgress() {
        pages++;
        if (pages > furthest) {
            furthest = pages;
            outage = null;
        }
    }

    private boolean passes(RefusedException error) {
        boolean walkForgotten = scroll != null && error.answer().status() == 404;
        return walkForgotten || error.answer().verdict() == Verdict.TRANSIENT;
    }

    private void beginAgain(IOException cause) throws IOException, InterruptedException {
        if (outage == null) {
            outage = outages.get();
        }
        outage.requireOpen();
        scroll = null;
        pages = 0;
        outage.pause(cause);
    }

    private List<RowRequest> deletions(Page page) throws IOException {
        List<RowRequest> deletions = new ArrayList<>();
        for (Hit hit : page.hits()) {
            if (hit.version() < sweep.version()) {
                RowChange row = RowChange.swept(sweep, JSON.writeValueAsBytes(Map.of("_id", hit.id())));
                deletions.add(RowRequest.write(row, alias, hit.id(), Columns.UNKNOWN, null, VersionType.EXTERNAL));
            }
        }
        return deletions;
    }

    private void end(Page page) {
        try {
            documents.end(page.scroll());
        } catch (IOException e) {
            LOG.debug("Elasticsearch forgets the walk through {} by itself, in some minutes", alias, e);
        }
    }
}
