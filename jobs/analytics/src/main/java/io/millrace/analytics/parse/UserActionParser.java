package io.millrace.analytics.parse;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.SearchTrace;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.UserAction;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code {eventId?, userId, type, timestamp?, …}}; of a purchase, what was paid for what, and of searches and clicks,
 * what belongs together; of any action, what of an experiment the user was shown.
 */
public final class UserActionParser extends EventParser<UserAction> {

    private static final int LONGEST_TYPE = 64;

    private final PaymentFields payment = new PaymentFields();
    private final SearchFields search = new SearchFields();
    private final ExperimentFields experiment = new ExperimentFields();
    private @Nullable String userId;
    private @Nullable String type;

    public UserActionParser(EventLimits limits) {
        super(limits);
    }

    @Override
    void begin() {
        userId = null;
        type = null;
        payment.begin();
        search.begin();
        experiment.begin();
    }

    @Override
    void take(String name, FieldValue value) throws IOException, DataException {
        switch (name) {
            case "userId" -> userId = value.text(LONGEST_NAME);
            case "type" -> type = value.known(LONGEST_TYPE);
            case "experiment" -> experiment.take(value);
            default -> {
                if (!search.take(name, value)) {
                    payment.take(name, value);
                }
            }
        }
    }

    @Override
    UserAction end(Stamp stamp) throws DataException {
        ActionType did = ActionType.of(require("type", type));
        boolean isPurchase = did == ActionType.PURCHASE;
        Action action = new Action(stamp, did, isPurchase ? payment.paid() : null);
        return new UserAction(
                require("userId", userId),
                action,
                isPurchase ? payment.items() : List.of(),
                trace(did),
                search.sessionId(),
                experiment.exposure());
    }

    private @Nullable SearchTrace trace(ActionType did) throws DataException {
        return switch (did) {
            case SEARCH -> search.search();
            case CLICK -> search.click();
            case PAGE_VIEW, ADD_TO_CART, PURCHASE, OTHER -> null;
        };
    }
}
