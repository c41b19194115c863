package io.millrace.analytics.parse;

import io.millrace.analytics.event.LineItem;
import io.millrace.analytics.event.Money;
import io.millrace.common.failure.DataException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a purchase: {@code amount}, {@code currency}, {@code items[] {category, quantity, price}}. Other actions
 * may have fields of these names, and other values in them: what is wrong is told when a purchase is asked for.
 */
final class PaymentFields {

    private static final int LONGEST_CURRENCY = 8;
    private static final int MOST_PIECES = 1_000_000;

    /** So that no sum of many grows out of the tables' 29 digits. */
    private static final BigDecimal TOO_MUCH = BigDecimal.TEN.pow(20);

    private final List<LineItem> items = new ArrayList<>();
    private @Nullable BigDecimal amount;
    private @Nullable String currency;
    private @Nullable DataException unpayable;
    private @Nullable String category;
    private int quantity;
    private BigDecimal price = BigDecimal.ZERO;

    void begin() {
        items.clear();
        amount = null;
        currency = null;
        unpayable = null;
        beginItem();
    }

    private void beginItem() {
        category = null;
        quantity = 1;
        price = BigDecimal.ZERO;
    }

    void take(String name, FieldValue value) throws IOException {
        try {
            switch (name) {
                case "amount" -> amount = value.amount();
                case "currency" -> currency = value.text(LONGEST_CURRENCY);
                case "items" -> {
                    items.clear();
                    value.objects().read(this::takeOfItem, this::endItem);
                }
                default -> {}
            }
        } catch (DataException e) {
            unpayable = e;
        }
    }

    private void takeOfItem(String name, FieldValue value) throws IOException, DataException {
        switch (name) {
            case "category" -> category = value.text(EventParser.LONGEST_NAME);
            case "quantity" -> quantity = value.count(MOST_PIECES);
            case "price" -> price = value.amount();
            default -> {}
        }
    }

    private void endItem() {
        items.add(new LineItem(category == null ? LineItem.NO_CATEGORY : category, quantity, price));
        beginItem();
    }

    Money paid() throws DataException {
        if (unpayable != null) {
            throw unpayable;
        }
        if (amount == null) {
            throw new DataException("`amount` of a purchase is missing");
        }
        for (LineItem item : items) {
            if (item.value().abs().compareTo(TOO_MUCH) >= 0) {
                throw new DataException("`items` has a quantity and a price that come to 10^20 or more");
            }
        }
        return new Money(amount, EventParser.require("currency", currency));
    }

    List<LineItem> items() {
        return List.copyOf(items);
    }
}
