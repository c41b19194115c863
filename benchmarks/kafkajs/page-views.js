// Views and visitors of pages in 5 minutes, as a service would count them with KafkaJS: JSON.parse, a map for each window,
// and rows to ClickHouse before offsets are committed. What it counts is in memory only.
const { Kafka, logLevel } = require('kafkajs');

const WINDOW = 300_000;
const ROWS = 20_000;
const { BENCH_KAFKA, BENCH_TOPIC, BENCH_CLICKHOUSE, BENCH_COMMIT_SECONDS } = process.env;
const insert = BENCH_CLICKHOUSE + '/?user=default&query='
  + encodeURIComponent('INSERT INTO millrace.page_views_5min'
    + ' (window_start, page_url, view_count, visitors, late_count, _version, _is_deleted) FORMAT JSONEachRow');

const windows = new Map();
const changed = new Set();

function count(view) {
  const time = Date.parse(view.timestamp);
  const start = time - (time % WINDOW);
  let pages = windows.get(start);
  if (pages === undefined) {
    pages = new Map();
    windows.set(start, pages);
  }
  let page = pages.get(view.pageUrl);
  if (page === undefined) {
    page = { start, url: view.pageUrl, views: 0, visitors: new Set() };
    pages.set(view.pageUrl, page);
  }
  page.views++;
  page.visitors.add(view.userId ?? view.sessionId);
  changed.add(page);
}

async function write() {
  const pages = [...changed];
  changed.clear();
  for (let from = 0; from < pages.length; from += ROWS) {
    const rows = pages.slice(from, from + ROWS).map((page) => JSON.stringify({
      window_start: page.start,
      page_url: page.url,
      view_count: page.views,
      visitors: page.visitors.size,
      late_count: 0,
      _version: page.views,
      _is_deleted: 0,
    }));
    const answer = await fetch(insert, { method: 'POST', body: rows.join('\n') });
    const said = await answer.text();
    if (!answer.ok) {
      throw new Error(said);
    }
  }
}

async function main() {
  const kafka = new Kafka({ clientId: 'bench', brokers: [BENCH_KAFKA], logLevel: logLevel.ERROR });
  const consumer = kafka.consumer({ groupId: `bench-${process.pid}-${Date.now()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [BENCH_TOPIC], fromBeginning: true });
  console.log('ready');
  await new Promise((go) => process.stdin.once('data', go));
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch, resolveOffset, heartbeat }) => {
      for (const message of batch.messages) {
        count(JSON.parse(message.value.toString()));
      }
      resolveOffset(batch.lastOffset());
      offsets.set(batch.partition, (BigInt(batch.lastOffset()) + 1n).toString());
      await heartbeat();
      await commitWhenDue(consumer);
    },
  });
  // what came last is written also when nothing follows
  setInterval(() => commitWhenDue(consumer).catch(fail), 500);
}

const offsets = new Map();
let committed = Date.now();
let writing = false;

async function commitWhenDue(consumer) {
  if (writing || Date.now() - committed < BENCH_COMMIT_SECONDS * 1000) {
    return;
  }
  writing = true;
  committed = Date.now();
  const done = [...offsets].map(([partition, offset]) => ({ topic: BENCH_TOPIC, partition, offset }));
  await write();
  await consumer.commitOffsets(done);
  writing = false;
}

function fail(error) {
  console.error(error);
  process.exit(1);
}

main().catch(fail);
