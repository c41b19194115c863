package io.millrace.shop;

import static io.millrace.shop.ShopColumn.large;
import static io.millrace.shop.ShopColumn.optional;
import static io.millrace.shop.ShopColumn.required;

import java.util.List;
import java.util.UUID;

/** What the seed and the workload know of the tables in {@code schema.sql}. */
final class ShopTables {

    static final ShopTable USERS = new ShopTable(
            "users",
            List.of("id"),
            n -> List.of(Integer.toString(n)),
            List.of(
                    required("email", ShopText::email),
                    optional("name", ShopText::line).orEmpty(""),
                    optional("initials", ShopText::initials),
                    large("bio", ShopText::bio).orEmpty(""),
                    required("active", ShopValues::bool),
                    required("logins", ShopValues::integer),
                    optional("tier", ShopValues::smallInteger),
                    optional("born", ShopValues::date),
                    optional("last_ip", ShopValues::address),
                    required("created_at", ShopValues::instant)));

    static final ShopTable PRODUCTS = new ShopTable(
            "products",
            List.of("id"),
            n -> List.of(new UUID(0x5a0b_0000_0000_4000L, 0x8000_0000_0000_0000L + n).toString()),
            List.of(
                    required("sku", ShopText::sku),
                    optional("name", ShopText::line).orEmpty(""),
                    required("price", ShopValues::price),
                    optional("tags", ShopValues::textArray).orEmpty("{}"),
                    optional("sizes", ShopValues::integerArray).orEmpty("{}"),
                    optional("attributes", ShopValues::attributes).orEmpty("{}"),
                    optional("weight", ShopValues::real),
                    optional("rating", ShopValues::doublePrecision),
                    optional("released", ShopValues::date),
                    optional("opens", ShopValues::time),
                    optional("picture", ShopValues::bytes).orEmpty(""),
                    required("stock", ShopValues::integer)));

    static final ShopTable ORDERS = new ShopTable(
            "orders",
            List.of("id"),
            n -> List.of(Integer.toString(n)),
            List.of(
                    optional("user_id", ShopValues::integer),
                    required("status", ShopValues::status),
                    required("items", ShopValues::items),
                    optional("note", ShopValues::attributes),
                    optional("total", ShopValues::price),
                    optional("tax", ShopValues::number),
                    optional("token", ShopValues::uuid),
                    required("placed_at", ShopValues::instant),
                    optional("updated_at", ShopValues::localTime),
                    optional("due_at", ShopValues::localTimeInMillis)));

    static final ShopTable ORDER_LINES = new ShopTable(
            "order_lines",
            List.of("order_id", "line_no"),
            n -> List.of(Integer.toString(1 + n / 4), Integer.toString(1 + n % 4)),
            List.of(
                    optional("sku", ShopText::sku),
                    required("quantity", ShopValues::integer),
                    optional("price", ShopValues::price)));

    static final ShopTable COUPONS = new ShopTable(
            "coupons",
            List.of("code"),
            n -> List.of(ShopText.code(n)),
            List.of(
                    required("percent", ShopValues::percent),
                    optional("message", ShopText::line).orEmpty(""),
                    optional("valid_until", ShopValues::instant)));

    static final List<ShopTable> ALL = List.of(USERS, PRODUCTS, ORDERS, ORDER_LINES, COUPONS);

    private ShopTables() {}
}
