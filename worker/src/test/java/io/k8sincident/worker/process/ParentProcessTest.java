package io.k8sincident.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ParentProcessTest {
    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void noticesThatTheParentsEndOfTheInputWasClosed() throws Exception {
        PipedOutputStream parent = new PipedOutputStream();
        new ParentProcess(new PipedInputStream(parent)).onEnd(ended::countDown);

        parent.close();

        await().until(() -> ended.getCount() == 0);
    }

    @Test
    void ignoresWhatTheParentSays() throws Exception {
        PipedInputStream input = new PipedInputStream();
        PipedOutputStream parent = new PipedOutputStream(input);
        new ParentProcess(input).onEnd(ended::countDown);

        parent.write("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        parent.flush();

        await().until(() -> input.available() == 0);
        assertThat(ended.getCount()).isEqualTo(1);
        parent.close();
    }
}
