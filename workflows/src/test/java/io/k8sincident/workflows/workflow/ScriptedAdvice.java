package io.k8sincident.workflows.workflow;

import io.k8sincident.workflows.activity.AdviceActivity;
import io.k8sincident.workflows.model.Advice;
import io.temporal.activity.Activity;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A model that answers when a test wants, and notes what it was asked. */
final class ScriptedAdvice implements AdviceActivity {
    final List<AdviceRequest> questions = new CopyOnWriteArrayList<>();
    volatile Supplier<Advice> answer = Incidents::disagreement;

    @Override
    public Advice advise(AdviceRequest request) {
        questions.add(request);
        return answer.get();
    }

    /** Answers only once it is let go on. */
    CountDownLatch late() {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        answer = () -> {
            await(mayAnswer);
            return Incidents.disagreement();
        };
        return mayAnswer;
    }

    /** Takes the question and is never heard of again. */
    void silent() {
        answer = () -> {
            Activity.getExecutionContext().doNotCompleteOnReturn();
            return Incidents.disagreement();
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            while (!latch.await(100, TimeUnit.MILLISECONDS)) {
                Activity.getExecutionContext().heartbeat("still reading");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
