package io.millrace.audit.settings;

import io.millrace.audit.commit.SigningOptions;
import io.millrace.common.config.ConfigReader;
import io.millrace.common.config.Problems;
import io.millrace.common.config.Secret;
import io.millrace.common.config.Setting;
import java.util.List;

/** By which key digests are signed. */
final class SigningSettings {

    static final Setting<Secret> KEY = Setting.secret(
                    "signing.key",
                    "Private key that signs digests, by `${file:PATH}`: a PEM, as `openssl genpkey -algorithm ed25519`"
                            + " writes it.")
            .mustBeGiven();

    static final Setting<String> PUBLIC_KEYS = Setting.text(
                    "signing.public-keys",
                    "All public keys that ever were in use, by `${file:PATH}`: PEMs one after the other, as"
                            + " `openssl pkey -pubout` writes them. The last belongs to `signing.key`; the same file is"
                            + " what a verifier gets. To rotate, append the new one.")
            .mustBeGiven();

    static final List<Setting<?>> ALL = List.of(KEY, PUBLIC_KEYS);

    private SigningSettings() {}

    /** Notes what is wrong with these settings, alone and together. */
    static void check(ConfigReader config, Problems problems) {
        config.check(ALL);
        if (config.find(KEY).isPresent() && config.find(PUBLIC_KEYS).isPresent()) {
            try {
                read(config).open();
            } catch (IllegalArgumentException e) {
                problems.add(KEY.key(), "or `" + PUBLIC_KEYS.key() + "` cannot be used: " + e.getMessage());
            }
        }
    }

    static SigningOptions read(ConfigReader config) {
        return new SigningOptions(config.get(KEY), config.get(PUBLIC_KEYS));
    }
}
