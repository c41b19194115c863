package io.millrace.analytics.parse;

import io.millrace.analytics.event.Action;
import io.millrace.analytics.event.ActionType;
import io.millrace.analytics.event.Money;
import io.millrace.analytics.event.Stamp;
import io.millrace.analytics.event.UserAction;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads {@code {eventId?, userId, type, timestamp?, …}}; of a purchase, {@code amount} and {@code currency} too. */
public final class UserActionParser extends EventParser<UserAction> {

    private static final int LONGEST_TYPE = 64;
    private static final int LONGEST_CURRENCY = 8;

    private @Nullable String userId;
    private @Nullable String type;
    private @Nullable BigDecimal amount;
    private @Nullable String currency;
    private @Nullable DataException unpayable;

    public UserActionParser(EventLimits limits) {
        super(limits);
    }

    @Override
    void begin() {
        userId = null;
        type = null;
        amount = null;
        currency = null;
        unpayable = null;
    }

    @Override
    void take(String name, FieldValue value) throws IOException, DataException {
        switch (name) {
            case "userId" -> userId = value.text(LONGEST_NAME);
            case "type" -> type = value.text(LONGEST_TYPE);
            case "amount", "currency" -> takePayment(name, value);
            default -> {}
        }
    }

    /** Other actions may have fields of these names, and other values in them. */
    private void takePayment(String name, FieldValue value) throws IOException {
        try {
            if (name.equals("amount")) {
                amount = value.amount();
            } else {
                currency = value.text(LONGEST_CURRENCY);
            }
        } catch (DataException e) {
            unpayable = e;
        }
    }

    @Override
    UserAction end(Stamp stamp) throws DataException {
        ActionType action = ActionType.of(require("type", type));
        Money paid = action == ActionType.PURCHASE ? paid() : null;
        return new UserAction(require("userId", userId), new Action(stamp, action, paid));
    }

    private Money paid() throws DataException {
        if (unpayable != null) {
            throw unpayable;
        }
        if (amount == null) {
            throw new DataException("`amount` of a purchase is missing");
        }
        return new Money(amount, require("currency", currency));
    }
}
