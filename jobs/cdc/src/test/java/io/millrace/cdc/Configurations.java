package io.millrace.cdc;

import io.millrace.common.config.Arguments;
import io.millrace.common.config.Placeholders;
import java.util.Map;

/** Configurations as the demo has them. */
final class Configurations {

    static final String SYNC = """
            name: cdc-sync
            generation: 2
            source:
              type: kafka
              kafka:
                bootstrap-servers: broker:9092
                topic-pattern: dbserver1\\.public\\..*
                properties:
                  security.protocol: SASL_SSL
                  sasl.jaas.config: ScramLoginModule required username="u" password="${env:CANARY}";
            routes:
              - table: public.users
                elasticsearch: {index: users, mapping: {bio: {type: text}}}
                redis: {mode: write, key: "user:{id}", time-to-live: 1 h, exclude: [bio]}
              - table: public.orders
                redis: {mode: invalidate, key: "order:{id}"}
                clickhouse: {types: {total: "Decimal(20, 4)"}}
                postgres: {table: order_facts, types: {total: "numeric(20, 4)"}}
            targets:
              elasticsearch: {hosts: [http://search:9200], username: elastic, password: "${env:CANARY}"}
              redis: {uri: redis://cache:6379}
              clickhouse: {url: "http://warehouse:8123", password: "${env:CANARY}"}
              postgres: {host: model, database: shop, schema: shop, user: millrace, password: "${env:CANARY}"}
            dead-letters: {overflow-folder: "file:///shared/dead-letters"}
            """;

    static final String CAPTURE = """
            name: cdc-capture
            source:
              type: postgres
              postgres: {host: db, database: shop, user: millrace, password: "${env:CANARY}"}
            routes:
              - {table: public.users, kafka: {}}
              - {table: public.orders, kafka: {}}
            targets:
              kafka: {bootstrap-servers: "broker:9092", delivery: exactly-once}
            dead-letters: {overflow-folder: "file:///shared/dead-letters"}
            """;

    static final String DIRECT = """
            name: cdc-direct
            source:
              type: postgres
              postgres: {host: db, database: shop, user: millrace, password: "${env:CANARY}"}
            routes:
              - {table: public.users, elasticsearch: {index: users}}
              - {table: public.orders, redis: {mode: invalidate, key: "order:{id}"}}
            targets:
              elasticsearch: {hosts: [http://search:9200]}
              redis: {uri: redis://cache:6379}
            dead-letters: {bootstrap-servers: "broker:9092", overflow-folder: "file:///shared/dead-letters"}
            """;

    static final String NOTIFY = """
            name: cdc-notify
            source:
              type: kafka
              kafka: {bootstrap-servers: "broker:9092", topics: [dbserver1.public.users]}
            routes:
              - table: public.users
                notifications: {event: profile-updated, room: "user:{id}", columns: [email, name]}
            targets:
              notifications:
                redis: {uri: "redis://cache:6379", password: "${env:CANARY}"}
                kafka: {bootstrap-servers: "broker:9092"}
            dead-letters: {overflow-folder: "file:///shared/dead-letters"}
            """;

    private Configurations() {}

    static CdcOptions sync() {
        return read(SYNC);
    }

    static CdcOptions capture() {
        return read(CAPTURE);
    }

    static CdcOptions direct() {
        return read(DIRECT);
    }

    static CdcOptions notifying() {
        return read(NOTIFY);
    }

    static CdcOptions read(String yaml) {
        return CdcOptions.read(new Arguments(yaml, Map.of()), new Placeholders(Map.of("CANARY", "canary")));
    }
}
