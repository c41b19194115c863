package io.millrace.benchmarks.peers;

import io.millrace.benchmarks.workload.BenchRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Requests that are encoded before the clock starts. */
interface Canned {

    /** Returns how many rows one request holds. */
    int batch();

    /** Appends a row to a request. */
    void encode(BenchRow row, ByteArrayOutputStream request) throws IOException;

    /** Returns a connection that sends requests. */
    Sender connect(Settings settings) throws IOException;

    /** Sends requests one after the other. */
    interface Sender {

        /** Sends one request and waits for its answer. */
        void send(byte[] request, int rows) throws IOException, InterruptedException;
    }
}
