package io.millrace.analytics.event;

/** What a user did. */
public enum ActionType {
    PAGE_VIEW(0),
    CLICK(1),
    SEARCH(2),
    ADD_TO_CART(3),
    PURCHASE(4),
    /** Any type that is none of the others. */
    OTHER(5);

    private final int code;

    /** @param code part of savepoints: never given to another type */
    ActionType(int code) {
        this.code = code;
    }

    /** Returns the type that producers write like this. */
    public static ActionType of(String name) {
        return switch (name) {
            case "page_view" -> PAGE_VIEW;
            case "click" -> CLICK;
            case "search" -> SEARCH;
            case "add_to_cart" -> ADD_TO_CART;
            case "purchase" -> PURCHASE;
            default -> OTHER;
        };
    }

    /** Returns what it is written as. */
    public int code() {
        return code;
    }

    public static ActionType ofCode(int code) {
        for (ActionType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("no type of action has the code " + code);
    }
}
