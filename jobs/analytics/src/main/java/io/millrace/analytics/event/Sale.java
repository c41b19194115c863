package io.millrace.analytics.event;

import java.math.BigDecimal;

/**
 * What an order is to a category, or as a whole to its currency.
 *
 * @param items how many pieces
 * @param revenue what is paid for them; of a whole order, its amount
 * @param unattributed what of the revenue no item accounts for; of a category, nothing
 */
public record Sale(Stamp stamp, long items, BigDecimal revenue, BigDecimal unattributed) implements Stamped {}
