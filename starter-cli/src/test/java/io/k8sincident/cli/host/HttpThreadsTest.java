package io.k8sincident.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpThreadsTest {
    private static final long PATIENCE_MILLIS = 10_000;

    @Test
    void endsTheThreadOfAClient() throws InterruptedException {
        List<Thread> before = HttpThreads.all();
        HttpClient client = HttpClient.newHttpClient();
        List<Thread> threads = new ArrayList<>(HttpThreads.all());
        threads.removeAll(before);
        assertThat(threads)
                .singleElement()
                .satisfies(thread -> assertThat(thread.isAlive()).isTrue());

        HttpThreads.end(threads);

        for (Thread thread : threads) {
            thread.join(PATIENCE_MILLIS);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(client.version()).as("the client is in use until here").isNotNull();
    }
}
