package io.millrace.cdc.model;

import java.io.Serializable;

/**
 * Where rows of a table are found in the end, in words that stay the same for as long as what was written there before
 * is found there too. No server is named: one can be moved with what it holds.
 *
 * @param name the target, and what it calls the topic, index, table or key
 * @param database which of a server's databases that is in; empty where a server has no several
 */
public record Place(String name, String database) implements Serializable, Comparable<Place> {

    private static final long serialVersionUID = 1L;

    /** Makes one of a server that has no several databases. */
    public Place(String name) {
        this(name, "");
    }

    @Override
    public int compareTo(Place other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return database.isEmpty() ? name : name + " in " + database;
    }
}
