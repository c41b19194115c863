package io.millrace.cli.audit;

import io.millrace.archive.crypt.LocalMasterKey;
import io.millrace.archive.crypt.PostgresKeyStore;
import io.millrace.archive.digest.Expiry;
import io.millrace.archive.digest.PublicKeys;
import io.millrace.archive.file.ArchiveFolder;
import io.millrace.archive.file.FileName;
import io.millrace.archive.file.LocalFolder;
import io.millrace.archive.verify.Contents;
import io.millrace.archive.verify.Report;
import io.millrace.archive.verify.Verifier;
import io.millrace.archive.verify.VerifyOptions;
import io.millrace.archive.verify.Witness;
import io.millrace.cli.CommandFailure;
import io.millrace.cli.Millrace;
import io.millrace.cli.PostgresLogin;
import io.millrace.cli.Workspace;
import io.millrace.local.Addresses;
import io.millrace.local.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;

/**
 * An archive on this machine with everything that belongs to it: the keys and the witness in folders, the archive beside
 * them or in a store that speaks S3, the key store in the local Postgres, the topic in the local Kafka. Keys are made, and
 * persons erased, by the commands themselves.
 */
public final class LocalArchive {

    /** What every such archive is called. */
    public static final String NAME = "demo";

    private static final String DIGESTS = "audit-digests";

    /** Of an archive, as its format has them. */
    private static final List<String> PARTS = List.of(FileName.FOLDER, "digests", Expiry.FOLDER, "manifests");

    private final Workspace workspace;
    private final Addresses addresses;
    private final ArchivePlace place;
    private final Path folder;

    private LocalArchive(Workspace workspace, Addresses addresses, ArchivePlace place) {
        Map<String, String> environment = new HashMap<>(place.store());
        // the local Postgres knows its user without a password
        environment.put("PGUSER", addresses.postgresUser());
        this.workspace = new Workspace(workspace.root(), environment);
        this.addresses = addresses;
        this.place = place;
        this.folder = place.folder();
    }

    /**
     * Makes the keys and the folders of an archive that is yet to be written.
     *
     * @param place which holds no archive yet
     */
    public static LocalArchive make(Workspace workspace, Addresses addresses, ArchivePlace place) throws IOException {
        LocalArchive archive = new LocalArchive(workspace, addresses, place);
        Files.createDirectories(archive.files());
        Files.createDirectories(archive.witness());
        Files.createDirectories(place.folder().resolve("keys"));
        archive.run("audit", "keys", "master", "--master-key-file", archive.masterKey());
        archive.run(
                "audit",
                "keys",
                "signing",
                "--private-key",
                archive.signingKey(),
                "--public-key",
                archive.publicKeys());
        return archive;
    }

    /** Returns what the job that writes it is told of it. */
    public Map<String, String> settings() {
        return Map.of(
                "archive.name",
                NAME,
                "archive.address",
                place.address(),
                "archive.witness",
                witness().toUri().toString(),
                "key-store.master-key",
                "${file:" + masterKey() + "}",
                "signing.key",
                "${file:" + signingKey() + "}",
                "signing.public-keys",
                "${file:" + publicKeys() + "}");
    }

    /** Returns the archive's own folder; empty if it is in a store. */
    public Path files() {
        return place.files();
    }

    /** Opens the archive to read it, wherever it is; each call gives a folder of its own, for one thread. */
    public ArchiveFolder open() {
        return ArchiveFolders.of(workspace, "--archive", place.named());
    }

    /**
     * Returns a folder of this machine with the archive: its own, or a new copy of what is in the store, without what is
     * hidden from readers. Nobody may write to the archive meanwhile.
     */
    public Path onThisMachine() throws IOException {
        if (place.bucket() == null) {
            return files();
        }
        Path copy = folder.resolve("copy");
        DataFolder.deleteTree(copy);
        ArchiveFolder store = open();
        LocalFolder written = new LocalFolder(copy);
        for (String part : PARTS) {
            for (String name : store.list(part)) {
                if (!ArchiveFolder.isHidden(name)) {
                    written.replace(name, store.read(name, Integer.MAX_VALUE));
                }
            }
        }
        return copy;
    }

    private Path witness() {
        return folder.resolve("witness");
    }

    /** Returns the file of the public keys. */
    public String publicKeys() {
        return folder.resolve("keys").resolve("public-keys.pem").toString();
    }

    private String masterKey() {
        return folder.resolve("keys").resolve("master.key").toString();
    }

    private String signingKey() {
        return folder.resolve("keys").resolve("signing.pem").toString();
    }

    /**
     * Verifies all of it, as {@code millrace audit verify --kafka} does with the master key, both witnesses included.
     *
     * @throws IOException if it cannot be read, or not whole: its files may just be joined or sealed
     */
    public Proof prove() throws IOException {
        Properties client = new Properties();
        client.put("bootstrap.servers", addresses.kafkaBootstrap());
        PublicKeys keys = KeyFiles.publicKeys(Path.of(publicKeys()));
        ArchiveFolder archive = open();
        List<Witness> witnesses = List.of(
                new Witness("the topic " + DIGESTS, DigestTopic.read(client, DIGESTS), false),
                Witness.of(new LocalFolder(witness())));
        Report report = Verifier.verify(archive, keys, new VerifyOptions(NAME, null, null, witnesses, 1));
        try (PostgresKeyStore store = store()) {
            TopicComparison topic = new TopicComparison(archive, new DayRange(), new ReadKeys(store));
            return Proof.of(report, topic.compare(client, Contents.read(archive)));
        }
    }

    private PostgresKeyStore store() throws IOException {
        return PostgresKeyStore.openExisting(
                () -> DriverManager.getConnection(addresses.postgresUrl(), PostgresLogin.local()),
                List.of(LocalMasterKey.of(Files.readString(Path.of(masterKey())).strip())));
    }

    /**
     * Verifies another folder by the public keys alone, as somebody does who has nothing else.
     *
     * @throws IOException if it cannot be listed
     */
    public Report verify(Path copy) throws IOException {
        PublicKeys keys = KeyFiles.publicKeys(Path.of(publicKeys()));
        return Verifier.verify(new LocalFolder(copy), keys, new VerifyOptions(NAME, null, null, List.of(), 1));
    }

    /**
     * Erases a person.
     *
     * @param writersKeep how long the job may use the key, in seconds
     * @return the file of the certificate
     */
    public Path erase(String subject, int writersKeep) {
        Path certificate = folder.resolve("erased-" + subject + ".txt");
        run(
                "audit",
                "erase",
                "--subject",
                subject,
                "--archive",
                place.named(),
                "--master-key-file",
                masterKey(),
                "--postgres",
                addresses.postgresUrl(),
                "--bootstrap-servers",
                addresses.kafkaBootstrap(),
                "--wait",
                writersKeep + "s",
                "--out",
                certificate.toString(),
                "--yes");
        return certificate;
    }

    private void run(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine command = Millrace.of(workspace);
        command.setOut(new PrintWriter(Writer.nullWriter()));
        command.setErr(new PrintWriter(err, true));
        if (command.execute(arguments) != 0) {
            throw new CommandFailure("`millrace "
                    + String.join(" ", new ArrayList<>(List.of(arguments).subList(0, 2))) + "` failed: "
                    + err.toString().strip());
        }
    }
}
