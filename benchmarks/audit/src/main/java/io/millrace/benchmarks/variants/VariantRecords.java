package io.millrace.benchmarks.variants;

import io.millrace.archive.bytes.Hash;
import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Position;
import io.millrace.archive.crypt.KeyStore;
import io.millrace.archive.manifest.Head;
import io.millrace.archive.record.Header;
import io.millrace.archive.record.RawRecord;
import io.millrace.archive.record.ReadEvent;
import io.millrace.archive.record.RecordCipher;
import io.millrace.archive.record.StoredRecord;
import io.millrace.audit.chain.ChainOptions;
import io.millrace.audit.chain.HeadSerializer;
import io.millrace.audit.chain.Step;
import io.millrace.audit.keys.KeyStores;
import io.millrace.audit.parse.AuditEventReader;
import io.millrace.audit.tick.Tick;
import io.millrace.common.event.ConsumedRecord;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Does with each record what the job's own function does, but for what is left out. It begins an archive, knows no record
 * that is no event, and closes no idle day.
 */
final class VariantRecords extends KeyedCoProcessFunction<Integer, ConsumedRecord, Tick, Step> {

    static final String UID = "bench.variant-records";

    private static final long serialVersionUID = 1L;

    private final ChainOptions options;
    private final KeyStores keyStores;
    private final Variant variant;
    private transient ValueState<Head> state;
    private transient Map<Integer, Chain> chains;
    private transient AuditEventReader reader;
    private transient KeyStore keys;
    private transient RecordCipher cipher;

    @SuppressWarnings("NullAway.Init") // Flink calls open before the first record
    VariantRecords(ChainOptions options, KeyStores keyStores, Variant variant) {
        this.options = options;
        this.keyStores = keyStores;
        this.variant = variant;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        state = getRuntimeContext().getState(new ValueStateDescriptor<>("head", HeadSerializer.INSTANCE));
        chains = new HashMap<>();
        reader = new AuditEventReader(options.limits(), options.personal());
        keys = keyStores.open();
        cipher = new RecordCipher(keys);
    }

    @Override
    public void processElement1(ConsumedRecord record, Context context, Collector<Step> out) throws Exception {
        ChainId id = new ChainId(options.archive(), options.topic(), record.partition());
        Chain chain = chains.computeIfAbsent(record.partition(), partition -> new Chain(id));
        Head head = state.value();
        if (head == null) {
            head = new Head(-1, chain.genesis(), null);
        }
        head = closeDaysBefore(head.dayOf(record.timestamp()), record.partition(), head, out);
        Entry entry = entry(chain, record, stored(id, record), head.lastHash());
        Head next = head.then(entry);
        state.update(next);
        out.collect(Step.record(record.partition(), next.dayOf(record.timestamp()), entry));
    }

    private static Head closeDaysBefore(LocalDate day, int partition, Head head, Collector<Step> out) {
        Head closed = head;
        LocalDate open = Objects.requireNonNullElse(head.day(), day.minusDays(1));
        while (open.isBefore(day)) {
            out.collect(Step.endOf(partition, open));
            closed = closed.close(open);
            open = open.plusDays(1);
        }
        return closed;
    }

    private StoredRecord stored(ChainId id, ConsumedRecord record) throws Exception {
        ReadEvent event = reader.read(record.value());
        return variant == Variant.WITHOUT_ENCRYPTION
                ? ClearForm.of(record, event)
                : encrypted(new Position(id, record.offset()), record, event);
    }

    private StoredRecord encrypted(Position position, ConsumedRecord record, ReadEvent event) throws IOException {
        List<Header> headers = new ArrayList<>(record.headers().size());
        for (ConsumedRecord.Header header : record.headers()) {
            headers.add(new Header(header.name(), header.value()));
        }
        return cipher.encrypt(
                new RawRecord(position, record.timestamp(), record.key(), headers, record.value()), event);
    }

    /** Without a chain every hash is the first one: files are as large, and follow each other. */
    private Entry entry(Chain chain, ConsumedRecord record, StoredRecord stored, Hash last) {
        return variant == Variant.WITHOUT_CHAIN
                ? new Entry(record.offset(), record.timestamp(), stored.content(), stored.fields(), last, last, last)
                : chain.entry(record.offset(), record.timestamp(), stored.content(), stored.fields(), last);
    }

    @Override
    public void processElement2(Tick tick, Context context, Collector<Step> out) {
        // no partition is idle while it is measured
    }

    @Override
    public void close() {
        if (keys != null) {
            keys.close();
        }
    }
}
