package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerRole;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The entrypoint is there but cannot run: it was built for another processor, or its interpreter or a shared library is
 * not in the image. The runtime starts such a container; the only trace is the one line that the runtime's init or the
 * loader writes before it ends.
 */
final class CannotBeExecuted implements Rule {
    private static final Pattern FORMAT = Pattern.compile("(?i)^\\S*(exec|sh|bash)\\S* .{0,300}exec format error$");
    private static final Pattern INTERPRETER =
            Pattern.compile("^exec \\S+: no such file or directory$|: bad interpreter: ");
    private static final Pattern LIBRARY =
            Pattern.compile("error while loading shared libraries: |Error loading shared "
                    + "library |Library not loaded: |symbol lookup error: |Error relocating ");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.ENDED)
                .filter(trouble -> Ends.container(trouble).role() != ContainerRole.INIT)
                .filter(trouble -> Ending.of(Ends.container(trouble)) == Ending.EXIT)
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        ContainerView container = Ends.container(trouble);
        Optional<LastWords> words = LastWords.of(container);
        String cause = words.map(CannotBeExecuted::cause).orElse("");
        if (words.isEmpty() || cause.isEmpty()) {
            return Optional.empty();
        }
        List<Trouble> same = Ends.of(workload, Set.of(Ending.EXIT));
        return Finding.of(cause, same.isEmpty() ? List.of(trouble) : same)
                .culprit(Culprits.field(
                        workload, container, "image", container.spec().text("image")))
                .claim(
                        "the kernel or the loader could not run the entrypoint",
                        words.get().fact())
                .claim("container " + container.name() + " ended at once", Ends.end(trouble))
                .claim(
                        "it is of this image",
                        container.specFact("image", container.spec().text("image")))
                .not("app-exit", "the application itself never ran", words.get().fact())
                .found();
    }

    private static String cause(LastWords words) {
        String last = words.lines().get(words.lines().size() - 1).strip();
        if (FORMAT.matcher(last).find()) {
            return "exec-format-error";
        }
        if (INTERPRETER.matcher(last).find()) {
            return "missing-interpreter";
        }
        return LIBRARY.matcher(last).find() ? "missing-shared-library" : "";
    }
}
