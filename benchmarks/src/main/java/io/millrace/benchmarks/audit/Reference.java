package io.millrace.benchmarks.audit;

import io.millrace.archive.bytes.CanonicalBytes;
import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Content;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.crypt.StoredForm;
import io.millrace.archive.crypt.Subject;
import io.millrace.archive.record.Header;
import io.millrace.archive.record.RawRecord;
import io.millrace.archive.record.ReadEvent;
import io.millrace.archive.record.RecordCipher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows one partition as docs/audit-format.md says, without the job: in clear, and encrypted. Used by one thread. */
final class Reference {

    private final ChainId id;
    private final Chain chain;
    private final RecordCipher cipher;
    private Hash clear;
    private Hash encrypted;
    private long records;
    private long lastOffset;

    Reference(ChainId id, KeyStore keys) {
        this.id = id;
        this.chain = new Chain(id);
        this.cipher = new RecordCipher(keys);
        this.clear = chain.genesis();
        this.encrypted = chain.genesis();
    }

    void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
        List<Header> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new Header(header.key(), header.value())));
        clear = chain.hash(record.offset(), record.timestamp(), inClear(record, headers), clear);
        encrypted = chain.hash(record.offset(), record.timestamp(), encrypted(record, headers), encrypted);
        lastOffset = record.offset();
        records++;
    }

    private static Content inClear(ConsumerRecord<byte[], byte[]> record, List<Header> headers) {
        CanonicalBytes written = new CanonicalBytes().i32(headers.size());
        headers.forEach(header -> written.text(header.name()).bytes(header.value()));
        return new Content(clear(record.key()), clear(written.toByteArray()), clear(record.value()));
    }

    private static byte[] clear(byte[] bytes) {
        return new StoredForm.Clear(bytes).toBytes();
    }

    /** What is encrypted does not depend on what is read of the event, but for whom it is about: the key says that too. */
    private Content encrypted(ConsumerRecord<byte[], byte[]> record, List<Header> headers) throws IOException {
        Subject person = Subject.person(new String(record.key(), StandardCharsets.UTF_8));
        RawRecord raw = new RawRecord(
                new Position(id, record.offset()),
                record.timestamp(),
                record.key(),
                headers,
                Objects.requireNonNull(record.value()));
        return cipher.encrypt(raw, ReadEvent.malformed(List.of(person))).content();
    }

    Ends.End clearEnd() {
        return new Ends.End(records, lastOffset, clear);
    }

    Ends.End encryptedEnd() {
        return new Ends.End(records, lastOffset, encrypted);
    }
}
