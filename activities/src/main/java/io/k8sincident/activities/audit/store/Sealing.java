package io.k8sincident.activities.audit.store;

import java.io.IOException;

/** When a chain is sealed. Thread-safe. */
interface Sealing {
    /** Never. */
    Sealing NONE = new Sealing() {
        @Override
        public void appended(TrailSession session, long sequence) {}

        @Override
        public void close() {}
    };

    /** Told after each batch, within its session, how far the chain goes. */
    void appended(TrailSession session, long sequence) throws IOException;

    /** Seals what is left and stops. */
    void close() throws IOException;
}
