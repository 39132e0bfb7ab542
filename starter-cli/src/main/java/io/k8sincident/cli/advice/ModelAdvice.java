package io.k8sincident.cli.advice;

import io.k8sincident.activities.advice.AdviceSettings;
import io.k8sincident.activities.advice.ModelProbe.Readiness;
import io.k8sincident.activities.advice.OllamaAdvisor;
import io.k8sincident.activities.advice.OllamaProbe;
import io.k8sincident.activities.advice.Progress;
import io.k8sincident.activities.blob.FileBlobStore;
import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.cli.host.Surroundings;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import io.k8sincident.workflows.model.Advice;
import io.k8sincident.workflows.model.Diagnosis;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model about what triage found, one incident after the other. Whatever is in the way is said, and is an advice
 * that is missing: the triage stays as it is. Prompts and answers are kept, redacted, in the blob store.
 */
public final class ModelAdvice implements AutoCloseable {
    /** How many incidents of one run are asked about: each takes seconds. */
    private static final int MOST_ASKED = 5;

    private static final String NOT_CONFIGURED = "not known";

    private final Screen screen;
    private final boolean onTerminal;
    private final String model;
    private final @Nullable OllamaAdvisor advisor;
    private final String obstacle;
    private int asked;

    private ModelAdvice(
            Screen screen, boolean onTerminal, String model, @Nullable OllamaAdvisor advisor, String obstacle) {
        this.screen = screen;
        this.onTerminal = onTerminal;
        this.model = model;
        this.advisor = advisor;
        this.obstacle = obstacle;
    }

    /** Looks whether the model can be asked, and says what to type if not. */
    public static ModelAdvice open(
            Screen screen, Surroundings surroundings, @Nullable String model, @Nullable String url, Duration deadline) {
        boolean onTerminal = surroundings.terminals().err();
        AdviceSettings settings;
        try {
            settings = ModelSettings.of(surroundings, model, url, deadline);
        } catch (IllegalArgumentException | PolicyException e) {
            warn(screen, String.valueOf(e.getMessage()), List.of());
            return new ModelAdvice(screen, onTerminal, NOT_CONFIGURED, null, String.valueOf(e.getMessage()));
        }
        Readiness readiness = probe(settings);
        if (!readiness.ready()) {
            warn(screen, readiness.message(), readiness.commands());
            return new ModelAdvice(screen, onTerminal, settings.model(), null, readiness.message());
        }
        OllamaAdvisor advisor = new OllamaAdvisor(
                settings, new FileBlobStore(surroundings.runs().resolve("blobs")), surroundings.clock());
        return new ModelAdvice(screen, onTerminal, settings.model(), advisor, "");
    }

    private static Readiness probe(AdviceSettings settings) {
        try (OllamaProbe probe = new OllamaProbe(settings)) {
            return probe.probe();
        }
    }

    private static void warn(Screen screen, String why, List<String> commands) {
        screen.say(Text.of("warning: ", Style.YELLOW).and("no advice of a model: " + why));
        commands.forEach(command -> screen.say(Screen.label("next", Text.of(command, Style.BOLD))));
    }

    /** What the model says; an advice that is missing has been said on the screen already. */
    public Advice of(Snapshot snapshot, Diagnosis diagnosis) {
        if (advisor == null) {
            return Advice.unavailable(model, Duration.ZERO, obstacle);
        }
        if (++asked > MOST_ASKED) {
            String why = "a model is asked about the first " + MOST_ASKED
                    + " incidents of a run only; name one workload to ask about it";
            if (asked == MOST_ASKED + 1) {
                warn(screen, why, List.of());
            }
            return Advice.unavailable(model, Duration.ZERO, why);
        }
        Advice advice = advisor.advise(snapshot, diagnosis, this::show);
        if (onTerminal) {
            screen.clearLine();
        }
        if (advice.status() == Advice.Status.UNAVAILABLE) {
            warn(screen, advice.reason(), List.of());
        }
        return advice;
    }

    private void show(Progress progress) {
        if (onTerminal) {
            screen.update(String.format(
                    Locale.ROOT,
                    "%s: %s, %d s",
                    model,
                    doing(progress),
                    progress.elapsed().toSeconds()));
        }
    }

    private static String doing(Progress progress) {
        return switch (progress.stage()) {
            case WAITING -> "waiting for its turn";
            case READING -> "reading the evidence";
            case WRITING -> progress.tokens() + " tokens written";
        };
    }

    @Override
    public void close() {
        if (advisor != null) {
            advisor.close();
        }
    }
}
