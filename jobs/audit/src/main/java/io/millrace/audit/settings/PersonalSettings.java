package io.millrace.audit.settings;

import io.millrace.audit.parse.PersonalFields;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Setting;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which fields are about a person. */
final class PersonalSettings {

    static final Setting<String> CUSTOMERS = Setting.text(
                    "personal.customers",
                    "Regular expression of those `accessedBy` that name a customer, who can ask to be forgotten; all others"
                            + " are taken for staff and services, and stay in clear. By default nobody is one.")
            .mustBe(PersonalSettings::isPattern, "be a regular expression", "names are matched against it");

    static final Setting<List<String>> METADATA = Setting.list(
            "personal.metadata",
            "Members of `metadata` that are encrypted; `ip` and `userAgent` by default. A list replaces these two.");

    static final List<Setting<?>> ALL = List.of(CUSTOMERS, METADATA);

    private PersonalSettings() {}

    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    static PersonalFields read(ConfigReader config) {
        List<String> metadata = config.get(METADATA);
        return new PersonalFields(
                config.find(CUSTOMERS).map(Pattern::compile).orElse(null),
                metadata.isEmpty() ? PersonalFields.DEFAULT.metadata() : Set.copyOf(metadata));
    }
}
