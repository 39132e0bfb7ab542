package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;

/**
 * The entrypoint is there but cannot run: it was built for another processor, or its interpreter or a shared library is
 * not in the image. The runtime starts such a container; the only trace is the one line that the runtime's init or the
 * loader writes before it ends.
 */
final class CannotBeExecuted implements Rule {
    private static final Pattern FORMAT = Pattern.compile(
            "(?i)(^\\S*(exec|sh|bash)\\S* .{0,300}|exec user process caused:? \"?)exec format error\"?$");
    private static final Pattern INTERPRETER = Pattern.compile("(^exec \\S+: no such file or directory$"
            + "|: bad interpreter: |exec user process caused:? \"?no such file or directory"
            + "|^(/usr/bin/)?env: .{1,120}No such file or directory$"
            + "|^exec container process \\(missing dynamic library\\?\\) .{1,300}: No such file or directory$)");
    /** What crun says in the JSON that it writes for CRI-O and Podman. */
    private static final Pattern CRUN = Pattern.compile("\"msg\":\"(exec container process [^\"]{1,400})\"");

    private static final Pattern LIBRARY =
            Pattern.compile("error while loading shared libraries: |Error loading shared "
                    + "library |Library not loaded: |symbol lookup error: |Error relocating "
                    + "|version `[A-Z]+_[0-9.]+' not found|\\.so[.0-9]*: cannot open shared object file");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        return workload.troubles(Trouble.Kind.ENDED)
                .filter(trouble -> Ending.of(Ends.container(trouble)) == Ending.EXIT)
                .map(trouble -> examine(workload, trouble))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Finding> examine(WorkloadView workload, Trouble trouble) {
        ContainerView container = Ends.container(trouble);
        Optional<LastWords> words = LastWords.of(container);
        String cause = words.filter(said -> !runsEnv(container))
                .map(CannotBeExecuted::cause)
                .orElse("");
        if (words.isEmpty() || cause.isEmpty()) {
            return Optional.empty();
        }
        List<Trouble> same = workload.troubles(Trouble.Kind.ENDED)
                .filter(other -> Ends.container(other).name().equals(container.name())
                        && Ending.of(Ends.container(other)) == Ending.EXIT)
                .toList();
        boolean ran = cause(words.get().lines()).isEmpty();
        return Finding.of(cause, same)
                .culprit(Culprits.field(
                        workload, container, "image", container.spec().text("image")))
                .claim(
                        ran
                                ? "the loader does not find a library that the program asks for"
                                : "the kernel or the loader could not run the entrypoint",
                        words.get().fact())
                .claim("container " + container.name() + " ended at once", Ends.end(trouble))
                .claim(
                        "it is of this image",
                        container.specFact("image", container.spec().text("image")))
                .not(
                        "app-exit",
                        ran ? "what it asks for is not in its image" : "the application itself never ran",
                        words.get().fact())
                .found();
    }

    /** Whether env is the command itself, and not in the first line of a script. */
    private static boolean runsEnv(ContainerView container) {
        return container.spec().texts("command").stream()
                .findFirst()
                .filter(program -> program.equals("env") || program.endsWith("/env"))
                .isPresent();
    }

    /** A program that ran may have asked for a library, and its runtime prints where after that. */
    static String cause(LastWords words) {
        String byLoader = cause(words.lines());
        return byLoader.isEmpty() && LIBRARY.matcher(words.error()).find() ? "missing-shared-library" : byLoader;
    }

    /** By the last line, where nothing else was written. */
    private static String cause(List<String> lines) {
        String line = lines.get(lines.size() - 1).strip();
        Matcher crun = CRUN.matcher(line);
        String last = crun.find() ? crun.group(1) : line;
        if (FORMAT.matcher(last).find()) {
            return "exec-format-error";
        }
        if (INTERPRETER.matcher(last).find()) {
            return "missing-interpreter";
        }
        return LIBRARY.matcher(last).find() ? "missing-shared-library" : "";
    }

    @Override
    public List<Cause> causes() {
        String proof = "A container that ended by itself, and the line that the runtime's init, a shell or the loader"
                + " writes in place of a log";
        return List.of(
                new Cause(
                        "exec-format-error",
                        Cause.Family.COMMAND,
                        "The kernel cannot execute the entrypoint: it was built for another processor, or is no program.",
                        proof + ": exec format error (runc 1.0 to 1.3, crun, dash, bash).",
                        "A StartError, where the runtime did not get as far as to execute it (bad-command)."),
                new Cause(
                        "missing-interpreter",
                        Cause.Family.COMMAND,
                        "The entrypoint is there, but what is to run it (a script's interpreter, a program's loader) is"
                                + " not in the image.",
                        proof
                                + ": exec PATH: no such file or directory, bad interpreter, env: NAME: No such file, or crun's"
                                + " (missing dynamic library?).",
                        "A StartError with the same words: the entrypoint itself is not there (bad-command)."),
                new Cause(
                        "missing-shared-library",
                        Cause.Family.COMMAND,
                        "The loader does not find a shared library of the program, or one of the version it needs.",
                        proof + ": glibc's, musl's or an interpreter's complaint about a library.",
                        "Exit code 127 without such a line (bad-command)."));
    }
}
