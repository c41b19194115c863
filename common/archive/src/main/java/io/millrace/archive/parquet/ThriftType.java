package io.millrace.archive.parquet;

/** The types of Thrift's compact protocol that Parquet's metadata uses. */
enum ThriftType {
    I32(5),
    I64(6),
    BINARY(8),
    LIST(9),
    STRUCT(12);

    private final int code;

    ThriftType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
