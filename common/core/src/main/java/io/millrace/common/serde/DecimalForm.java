package io.millrace.common.serde;

/** How a document shows exact numbers. Either way no digit is lost on the way to the document. */
public enum DecimalForm {
    /** As text, {@code "12.30"}: also exact for a reader that knows only binary floating-point numbers. */
    TEXT,
    /** As a JSON number, {@code 12.30}; NaN and the infinities stay texts. */
    NUMBER
}
