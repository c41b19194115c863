package io.millrace.audit.chain;

import io.millrace.archive.chain.Chain;
import io.millrace.archive.chain.ChainId;
import io.millrace.archive.chain.Entry;
import io.millrace.archive.chain.Position;
import io.millrace.archive.manifest.Head;
import io.millrace.archive.record.Header;
import io.millrace.archive.record.RawRecord;
import io.millrace.archive.record.ReadEvent;
import io.millrace.archive.record.StoredRecord;
import io.millrace.audit.keys.KeyStores;
import io.millrace.audit.parse.AuditEventReader;
import io.millrace.audit.tick.NewestRecord;
import io.millrace.audit.tick.Tick;
import io.millrace.common.event.ConsumedRecord;
import io.millrace.common.failure.DataException;
import io.millrace.common.failure.DeadLetter;
import io.millrace.common.failure.DeadLetterTypeInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Encrypts and chains the records of each partition, which is the key, and closes its days: by the first record of a later
 * day, or by ticks if the partition brings nothing. What the archive holds is left out before it is looked at: so a
 * replay needs no key that was destroyed since. What is no event is archived as it came, and a dead letter as well.
 */
public final class ChainRecords extends KeyedCoProcessFunction<Integer, ConsumedRecord, Tick, Step> {

    private static final long serialVersionUID = 1L;

    /** Of this operator. */
    public static final String UID = "audit.chain-records";

    /** Records that are no events. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("audit.dead-letters", DeadLetterTypeInfo.INSTANCE);

    private final ChainOptions options;
    private final KeyStores keyStores;
    private final ArchivedHeads archived;
    private final Plausibility plausibility;
    private transient ValueState<Head> state;
    private transient Set<Integer> resumed;
    private transient Map<Integer, Chain> chains;
    private transient QuietTimes quiet;
    private transient AuditEventReader reader;
    private transient PatientCipher cipher;
    private transient ChainMetrics metrics;

    /** Makes the function; what it opens, it opens where it runs. */
    public ChainRecords(ChainOptions options, KeyStores keyStores, ArchivedHeads archived) {
        this(options, keyStores, archived, System::currentTimeMillis);
    }

    @SuppressWarnings("NullAway.Init") // Flink calls open before the first record
    ChainRecords(ChainOptions options, KeyStores keyStores, ArchivedHeads archived, MachineClock clock) {
        this.options = options;
        this.keyStores = keyStores;
        this.archived = archived;
        this.plausibility = new Plausibility(clock, options.acceptedAhead());
    }

    @Override
    public void open(OpenContext context) throws Exception {
        // one value for each partition that the topic ever had: bounded without a time to live
        state = getRuntimeContext().getState(new ValueStateDescriptor<>("head", HeadSerializer.INSTANCE));
        resumed = new HashSet<>();
        chains = new HashMap<>();
        quiet = new QuietTimes(options.idle().toMillis(), options.tick().toMillis());
        reader = new AuditEventReader(options.limits(), options.personal());
        cipher = new PatientCipher(keyStores, options.keyStore());
        metrics = new ChainMetrics(getRuntimeContext().getMetricGroup(), options.topic());
    }

    @Override
    public void processElement1(ConsumedRecord record, Context context, Collector<Step> out) throws Exception {
        int partition = record.partition();
        quiet.heard(partition, context.timerService().currentProcessingTime());
        Head head = head(partition);
        if (head.holds(record.offset())) {
            metrics.archivedBefore();
            return;
        }
        plausibility.require(record);
        head = closeDaysBefore(head.dayOf(record.timestamp()), partition, head, out);
        Chain chain = chain(partition);
        StoredRecord stored = stored(chain.id(), record, context);
        Entry entry =
                chain.entry(record.offset(), record.timestamp(), stored.content(), stored.fields(), head.lastHash());
        Head next = head.then(entry);
        state.update(next);
        metrics.chained();
        out.collect(Step.record(partition, Objects.requireNonNull(next.day()), entry));
    }

    private Chain chain(int partition) {
        return chains.computeIfAbsent(partition, number -> new Chain(options.chain(number)));
    }

    /** Returns where the chain is; after a start, the archive may be ahead of what was restored. */
    private Head head(int partition) throws Exception {
        Head head = state.value();
        if (resumed.add(partition)) {
            Head before = head == null ? new Head(-1, chain(partition).genesis(), null) : head;
            head = before.resume(archived.read(partition));
            state.update(head);
        }
        return Objects.requireNonNull(head);
    }

    /** Closes all days before one. A chain begins with a day on which nothing came: it has a digest from the first on. */
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

    private StoredRecord stored(ChainId chain, ConsumedRecord record, Context context) throws Exception {
        RawRecord raw = raw(chain, record);
        ReadEvent event;
        try {
            event = reader.read(record.value());
        } catch (DataException e) {
            StoredRecord stored = cipher.encrypt(raw, AuditEventReader.malformed(record.key()));
            metrics.malformed();
            context.output(DEAD_LETTERS, EncryptedLetters.of(record, stored.content(), options.pipeline(), e));
            return stored;
        }
        return cipher.encrypt(raw, event);
    }

    private static RawRecord raw(ChainId chain, ConsumedRecord record) {
        List<Header> headers = new ArrayList<>(record.headers().size());
        for (ConsumedRecord.Header header : record.headers()) {
            headers.add(new Header(header.name(), header.value()));
        }
        return new RawRecord(
                new Position(chain, record.offset()), record.timestamp(), record.key(), headers, record.value());
    }

    /**
     * Closes the days of a quiet partition that ended an allowance ago; none after the day of the topic's newest record,
     * because a clock that is ahead would close days that have not come.
     */
    @Override
    public void processElement2(Tick tick, Context context, Collector<Step> out) throws Exception {
        int partition = tick.partition();
        if (!quiet.isQuiet(partition, tick.time()) || tick.newest() == NewestRecord.NONE) {
            return;
        }
        LocalDate today = day(tick.time() - options.idle().toMillis());
        LocalDate open = day(tick.newest()).plusDays(1);
        Head head = head(partition);
        Head closed = closeDaysBefore(today.isBefore(open) ? today : open, partition, head, out);
        if (!closed.equals(head)) {
            state.update(closed);
        }
    }

    private static LocalDate day(long time) {
        return Instant.ofEpochMilli(time).atZone(ZoneOffset.UTC).toLocalDate();
    }

    @Override
    public void close() {
        if (cipher != null) {
            cipher.close();
        }
    }
}
