package io.millrace.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fenced blocks of a page in Markdown, from the first to the last. */
final class Page {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    /** One block: its language and its lines. */
    record Block(String language, String text) {

        /** Returns the file that the first line names, as in {@code # capture.yaml}. */
        String fileName() {
            String first = text.lines().findFirst().orElse("");
            if (!first.startsWith("# ")) {
                throw new IllegalStateException("a block of " + language + " does not name its file: " + first);
            }
            return first.substring(2).strip();
        }
    }

    private Page() {}

    static List<Block> blocks(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(Files.readString(page));
        while (found.find()) {
            blocks.add(new Block(found.group(1), found.group(2)));
        }
        return blocks;
    }
}
