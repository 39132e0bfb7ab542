package io.k8sincident.activities.testing;

import org.jspecify.annotations.Nullable;

/** What stands behind {@link FaultyApi}: a store in memory, or a real API server. */
public interface ApiBackend {
    /** An HTTP answer. */
    record Reply(int code, String body) {}

    Reply handle(String method, String pathAndQuery, @Nullable String contentType, String body);
}
