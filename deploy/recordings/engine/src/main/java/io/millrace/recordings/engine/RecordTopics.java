package io.millrace.recordings.engine;

import java.nio.file.Path;

/** Records what the engine on the class path says in each of its variants. */
public final class RecordTopics {

    private RecordTopics() {}

    /**
     * Records.
     *
     * @param args host, port and user of a Postgres, the engine's major version, and the folder of the files
     */
    public static void main(String[] args) {
        int code = 0;
        try {
            record(args);
        } catch (Exception e) {
            e.printStackTrace();
            code = 1;
        }
        // an engine leaves threads behind
        System.exit(code);
    }

    private static void record(String[] args) throws Exception {
        int major = Integer.parseInt(args[3]);
        Path folder = Path.of(args[4]);
        for (Variant variant : Variant.of(major)) {
            Database database = new Database(
                    args[0], Integer.parseInt(args[1]), args[2], "debezium_" + major + "_" + variant.database());
            database.create();
            try (Recording recording = new Recording(folder, "debezium-" + major + "-" + variant.label())) {
                recording.run(database, EngineProperties.of(database, major, variant));
            }
        }
    }
}
