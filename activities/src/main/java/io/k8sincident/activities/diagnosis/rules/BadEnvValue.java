package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.evidence.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The application refuses the value of an environment variable, by its name, and the pod's spec sets that variable. */
final class BadEnvValue extends ComplaintRule {
    private static final Pattern REFUSES = Pattern.compile("(?i)(\\b(invalid|pars(e|ing)|malformed|expected|not an? "
            + "(valid )?(number|integer|int|bool|boolean|url|duration|port)|must be|must match|unsupported|bad value"
            + "|illegal|cannot convert|could not convert|failed to (convert|bind|parse)|out of range|not valid"
            + "|missing unit in duration|unknown unit|between \\S+ and|one of|unrecogni[sz]ed (level|value))\\b"
            + "|NumberFormatException|invalid literal for|ParseIntError|ParseError|FormatException)");
    private static final int TRACEBACK = 12;

    @Override
    Optional<Finding.Draft> recognise(Complaint complaint) {
        if (complaint.said(REFUSES).isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = complaint.container();
        String complained = String.join("\n", complaint.words().fromError());
        return set(container, variable -> named(complained, variable.name()))
                .or(() -> set(container, variable -> quoted(complaint, variable.value())))
                .or(() -> set(container, variable -> named(traceback(complaint), variable.name())))
                .map(variable -> draft(complaint, container, variable));
    }

    /** The one variable that is like this; none if several are. */
    private static Optional<Variable> set(ContainerView container, Predicate<Variable> like) {
        List<Variable> variables = Variable.of(container).stream().filter(like).toList();
        return variables.size() == 1 ? Optional.of(variables.get(0)) : Optional.empty();
    }

    /** Whether the complaint quotes this value. */
    private static boolean quoted(Complaint complaint, String value) {
        String error = complaint.words().error();
        return value.length() > 1
                && (error.contains("\"" + value + "\"")
                        || error.contains("'" + value + "'")
                        || error.contains("`" + value + "`"));
    }

    /** The lines of code right above the error, as Python prints them. */
    private static String traceback(Complaint complaint) {
        List<String> lines = complaint.words().lines();
        int error = lines.lastIndexOf(complaint.words().error());
        return lines.subList(Math.max(0, error - TRACEBACK), Math.max(0, error)).stream()
                .filter(line -> Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining("\n"));
    }

    private static Finding.Draft draft(Complaint complaint, ContainerView container, Variable variable) {
        String name = variable.name();
        String value = variable.value().isEmpty() ? null : variable.value();
        Resource source = variable.source();
        Finding.Draft draft = Finding.of("bad-env-value", ends(complaint));
        if (source == null) {
            return draft.culprit(Culprits.field(complaint.workload(), container, "env[" + name + "]", value))
                    .claim("the application refuses the value of " + name, complaint.fact())
                    .claim("the pod's spec sets it", container.specFact("env", "sets " + name));
        }
        return draft.culprit(Culprits.object(source.kind(), source.name(), "data." + variable.key(), value))
                .claim("the application refuses the value of " + name, complaint.fact())
                .claim(
                        "the pod's spec sets it",
                        container.specFact("envFrom", "sets " + name + " from " + source.kind() + " " + source.name()));
    }

    /** Whether a line holds this name as a whole word; one of two letters could be any. */
    static boolean named(String line, String name) {
        if (name.length() < 3) {
            return false;
        }
        for (int at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean whole =
                    (at == 0 || !word(line.charAt(at - 1))) && (end == line.length() || !word(line.charAt(end)));
            if (whole) {
                return true;
            }
        }
        return false;
    }

    private static boolean word(char character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "bad-env-value",
                Cause.Family.CONFIG,
                "An environment variable is set, and its value has the wrong type or form for the application.",
                "A main container that ended by itself, the complaint of a parser at the end of its log, and the one"
                        + " variable of the container's spec, named there or a key of an object in envFrom, whose name or"
                        + " value the complaint holds.",
                "A variable that is not set (app-exit); a file of a ConfigMap (bad-configmap-content)."));
    }
}
