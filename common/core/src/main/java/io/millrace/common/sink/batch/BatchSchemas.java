package io.millrace.common.sink.batch;

import io.millrace.common.event.RowChange;
import io.millrace.common.event.RowSchema;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The schemas of a batch's changes, for targets that need the types of columns. */
public final class BatchSchemas {

    private BatchSchemas() {}

    /**
     * Returns the changes that have one.
     *
     * @param refused takes the others
     */
    public static List<RowChange> requireIn(List<RowChange> changes, List<Refusal> refused) {
        List<RowChange> with = new ArrayList<>(changes.size());
        for (RowChange change : changes) {
            if (change.schema() == null) {
                refused.add(Refusal.of(
                        change,
                        new DataException("the change came without a schema, so that nobody can tell the types of its"
                                + " columns; send the schema beside it")));
            } else {
                with.add(change);
            }
        }
        return with;
    }

    /**
     * Returns the schemas that come in the changes. Neighbours have the same one, most often the same object, so that
     * few are looked up in the set.
     *
     * @param changes each with a schema
     */
    public static Set<RowSchema> of(List<RowChange> changes) {
        Set<RowSchema> schemas = new LinkedHashSet<>();
        RowSchema last = null;
        for (RowChange change : changes) {
            RowSchema schema = Objects.requireNonNull(change.schema());
            if (!schema.equals(last)) {
                schemas.add(schema);
                last = schema;
            }
        }
        return schemas;
    }
}
