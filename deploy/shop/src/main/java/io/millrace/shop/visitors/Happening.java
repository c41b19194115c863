package io.millrace.shop.visitors;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something that happens, before anybody tells of it.
 *
 * @param key of the record that tells of it
 * @param event without its name and time
 * @param time epoch milliseconds
 */
record Happening(String topic, String key, ObjectNode event, long time) {}
