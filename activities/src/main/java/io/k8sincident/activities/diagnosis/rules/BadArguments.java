package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Ending;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A program refuses its arguments: it ends by itself at once, with an error, and the end of its log is the complaint of an
 * argument parser. The exit code is mostly 2, but 1 and 64 are used as well, and 2 is a panic's code, too: so the log must
 * say it, and the container must have arguments.
 */
final class BadArguments implements Rule {
    private static final Pattern PARSER = Pattern.compile("(?i)("
            + "flag provided but not defined|unknown (shorthand )?flag|unknown (long |command.line )?option"
            + "|unrecogni[sz]ed (command.line )?(option|argument|flag|parameter)|invalid option|illegal option"
            + "|no such option|unknown (argument|parameter|command|subcommand)|unexpected argument"
            + "|invalid (argument|value) .{0,200}(flag|option|[\\s'\"`=(]--?[a-z])|(flag|option) needs an argument"
            + "|(flag|option|argument)s? .{0,100}(is|are) required|the following (required )?arguments (are|were)"
            + "|missing (required )?(argument|option|flag|parameter)|too (many|few) arguments"
            + "|(option|argument) .{0,100}requires (an argument|a value)|found argument .{0,200} which wasn't expected"
            + "|unmatched argument|bad option|not a valid (option|argument|command)"
            + "|argument -{1,2}\\S+: (invalid|expected)|invalid number '|unrecogni[sz]ed (configuration parameter|vm option)"
            + "|invalid (maximum|initial) heap size|invalid (int|float|choice) ?(value)?: )");
    /** Redis refuses a command that was sent to it. */
    private static final Pattern OF_A_SERVER = Pattern.compile("\\bERR unknown (sub)?command");

    private static final Pattern OPTION = Pattern.compile("(^|[\\s'\"`=])(-{1,2}[A-Za-z][A-Za-z0-9._-]*)");

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = Ends.of(workload, Set.of(Ending.EXIT));
        return troubles.isEmpty() ? Optional.empty() : examine(workload, troubles);
    }

    private static Optional<Finding> examine(WorkloadView workload, List<Trouble> troubles) {
        Trouble first = troubles.get(0);
        ContainerView container = Ends.container(first);
        Optional<LastWords> words = LastWords.of(container).filter(said -> complains(container, said));
        if (words.isEmpty()
                || (container.spec().list("args").isEmpty()
                        && container.spec().list("command").isEmpty())) {
            return Optional.empty();
        }
        if (words.get().lines().stream().anyMatch(line -> ofAVariable(container, line))) {
            return Optional.empty();
        }
        Fact complaint = words.get().fact(PARSER);
        String field = container.spec().list("args").isEmpty() ? "command" : "args";
        return Finding.of("bad-arguments", troubles)
                .culprit(Culprits.field(
                        workload,
                        container,
                        field,
                        container.spec().child(field).toString()))
                .claim("container " + container.name() + " ended by itself with an error", Ends.end(first))
                .claim("its log ends with the complaint of an argument parser", complaint)
                .claim(
                        "these are its arguments",
                        container.specFact(field, field + " " + container.spec().child(field)))
                .not("bad-command", "the program ran and answered", complaint)
                .not("app-exit", "it did not get beyond its arguments", complaint)
                .not("oom-limit", "the reason of its end is not OOMKilled", Ends.end(first))
                .found();
    }

    /** Whether the option complained of comes from an environment variable, such as JAVA_TOOL_OPTIONS. */
    private static boolean ofAVariable(ContainerView container, String line) {
        Matcher option = OPTION.matcher(line);
        if (!PARSER.matcher(line).find() || !option.find()) {
            return false;
        }
        String name = option.group(2);
        String given = container.spec().child("args") + " " + container.spec().child("command");
        return !given.contains(name)
                && Variable.of(container).stream()
                        .anyMatch(variable -> variable.value().contains(name));
    }

    /** A complaint, and nothing but usage text after it. */
    private static boolean complains(ContainerView container, LastWords words) {
        List<String> lines = words.lines();
        for (int i = lines.size() - 1; i >= Math.max(0, lines.size() - 40); i--) {
            String line = lines.get(i);
            boolean decides = line.equals(words.error()) || !survived(line);
            if (PARSER.matcher(line).find() && decides) {
                return !line.contains("panic:") && !ofSomethingElse(container, line);
            }
        }
        return false;
    }

    /** An option may be called as what is done after an error, such as --retry. */
    private static boolean survived(String line) {
        String said = OPTION.matcher(line).replaceAll(" ");
        return LastWords.isMereNote(said) || Complaint.survived(said);
    }

    /** Whether it is about a command of a server, a mounted file or a variable, and holds none of the arguments. */
    private static boolean ofSomethingElse(ContainerView container, String line) {
        if (OF_A_SERVER.matcher(line).find()) {
            return true;
        }
        boolean elsewhere = Mounts.under(container, line).isPresent()
                || Variable.of(container).stream().anyMatch(variable -> BadEnvValue.named(line, variable.name()));
        return elsewhere
                && Stream.of("command", "args")
                        .flatMap(field -> container.spec().texts(field).stream())
                        .noneMatch(argument -> holds(line, argument));
    }

    private static boolean holds(String line, String argument) {
        Matcher option = OPTION.matcher(line);
        while (option.find()) {
            if (argument.contains(option.group(2))) {
                return true;
            }
        }
        return line.contains("'" + argument + "'") || line.contains("\"" + argument + "\"");
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "bad-arguments",
                Cause.Family.COMMAND,
                "A program refuses the arguments that its container gives it.",
                "A container with command or args that ended by itself, and the complaint of an argument parser (Go flag"
                        + " and Cobra, getopt, argparse, Click, clap, the JVM, Node) at the end of its log.",
                "A panic, which ends with 2 as well; an option that stands in an environment variable; a complaint about a"
                        + " mounted file, a variable or a command sent to a server; one that was survived."));
    }
}
