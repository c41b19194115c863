package io.millrace.common.config;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A key that no setting has, cut where it leaves what is known: one problem for {@code targets.redsi}, not one for
 * each line under it.
 *
 * @param path the shortest unknown part; all of the key if other keys stand under it
 * @param siblings what is known in its place
 * @param isParent whether known keys stand under it, so that it should have been a mapping
 */
record UnknownKey(String path, Set<String> siblings, boolean isParent) {

    static UnknownKey of(String leaf, Set<String> known) {
        String parent = "";
        for (int dot = leaf.indexOf('.'); dot >= 0; dot = leaf.indexOf('.', dot + 1)) {
            String path = leaf.substring(0, dot);
            if (!isPrefix(path, known)) {
                return new UnknownKey(path, children(parent, known), false);
            }
            parent = path;
        }
        return new UnknownKey(leaf, children(parent, known), isPrefix(leaf, known));
    }

    String message() {
        if (isParent) {
            return "is a single value or a list; it must be a mapping";
        }
        String name = path.substring(path.lastIndexOf('.') + 1);
        if (siblings.contains(name)) {
            return "is a mapping; it must be a single value or a list";
        }
        return "is unknown" + Suggestions.didYouMean(name, siblings);
    }

    private static boolean isPrefix(String path, Set<String> known) {
        return known.stream().anyMatch(key -> key.startsWith(path + "."));
    }

    private static Set<String> children(String parent, Set<String> known) {
        String prefix = parent.isEmpty() ? "" : parent + ".";
        Set<String> names = new LinkedHashSet<>();
        for (String key : known) {
            if (key.startsWith(prefix)) {
                String rest = key.substring(prefix.length());
                names.add(rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest);
            }
        }
        return names;
    }
}
