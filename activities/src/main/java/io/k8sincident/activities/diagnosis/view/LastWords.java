package io.k8sincident.activities.diagnosis.view;

import com.google.re2j.Pattern;
import io.k8sincident.activities.evidence.ContainerLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a container said before it ended: the last line of its log that states an error, if nothing but a stack trace,
 * usage text or a farewell follows it. An error further up was survived and decides nothing; a log that ends in the
 * middle of work says nothing about its end.
 *
 * @param lines the last lines, in order, without blank ones and without blanks at their ends
 * @param error the line that states the error; empty if none does
 */
public record LastWords(ContainerLog log, List<String> lines, String error) {
    private static final int LINES_READ = 60;
    private static final int LONGEST_LINE = 2_000;

    private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[0-9;]*[A-Za-z]");
    private static final Pattern STATES_ERROR = Pattern.compile("(?i)\\b(fatal|panic|panicked|error|errors|err|severe"
            + "|crit|critical|emerg|exception|traceback|abort|aborted|aborting|fail|fails|failed|failure|cannot|can't"
            + "|could not|couldn't|unable|not found|no such|denied|refused|forbidden|unauthorized|invalid|illegal|missing"
            + "|required|expired|giving up|gave up|not set|undefined|unknown|unrecognized|unrecognised|unexpected"
            + "|unsupported|mismatch|corrupt|corrupted|timed out|timeout|killed|conflict|locked|already in use|must be"
            + "|must not|does not|doesn't|is not|bad|wrong|out of memory|not permitted|no space left"
            + "|read-only file ?system|quota exceeded|deadline exceeded|no route to host|(network|host) (is )?unreachable"
            + "|reset by peer|service not known|address in use|terminate called"
            + "|did not find expected)\\b"
            + "|^expected <[a-z ]+>, but found|[A-Za-z]+(Error|Exception)\\b|\\b[EF][0-9]{4} |\"level\":(50|60)\\b");
    private static final Pattern MERE_NOTE =
            Pattern.compile("(?i:\\blevel\"?[=:] ?\"?(info|debug|trace|warn|warning|10|20|30|40)\\b)"
                    + "|(^|[\\s\\[(|])(INFO|DEBUG|TRACE|WARN|WARNING|NOTICE)([\\s\\])|:]|$)"
                    + "|(?i:(^|[\\[(|])(info|debug|trace|warn|warning|notice)[\\])|:])"
                    + "|(?i:^[0-9]\\S* (\\S+ )?\\S?(info|debug|trace|warn|warning|notice)\\b)");
    /** What is written after the reason of an end, although it may hold a word of an error. */
    private static final Pattern AFTERTHOUGHT =
            Pattern.compile("(?i)(^(aborted|killed|terminated)?\\s*\\(core dumped\\)|^\\(background on this error"
                    + "|^error: (could not create the java virtual machine|a fatal exception has occurred)"
                    + "|^aborted$|^error command failed with exit code|^info visit https://yarnpkg|still could not bind\\(\\)"
                    + "|try again to bind\\(\\)|^identify and stop the process"
                    + "|^npm (err!|error) a complete log"
                    + "|reason: worker failed to boot|\\] shutting down: master|worker \\(pid:[0-9]+\\) exited)");
    /** npm says of each script that it runs that it failed, in a block; alone it is an error of npm's own. */
    private static final Pattern NPM = Pattern.compile("(?i)^npm (err!|error|notice|warn)");

    private static final Pattern FOLLOWS_ERROR = Pattern.compile("(?i)(^\\s+\\S"
            + "|^(goroutine |created by |main\\.|runtime\\.|\\S+\\(.*\\)$|exit status|caused by|at |stack|require stack|[0-9]+\\+[0-9]+ records |usage|options|flags"
            + "|commands|try |see |run |for more|-{1,2}[a-z]|- \\S|\\}|\\]|npm |node\\.js v|note:|\\[signal |#"
            + "|action:$|consider |update your |busybox v|\\*+$)"
            + "|\\b(shutting down|shut down|shutdown|stopping|stopped|exit|exiting|exited|terminating|terminated|closing"
            + "|closed|goodbye|bye|quit|core dumped|backtrace|help)\\b)");

    /** The last words in the log of the run that {@link ContainerView#ended()} tells of; empty if there is no log. */
    public static Optional<LastWords> of(ContainerView container) {
        return container
                .logOfEnd()
                .filter(log -> log.error() == null && !log.text().isBlank())
                .map(LastWords::of);
    }

    static LastWords of(ContainerLog log) {
        String[] all = log.text().split("\n", -1);
        List<String> lines = new ArrayList<>();
        for (int i = all.length - 1; i >= 0 && lines.size() < LINES_READ; i--) {
            String line = all[i].length() > LONGEST_LINE ? all[i].substring(0, LONGEST_LINE) : all[i];
            String plain = COLOUR.matcher(line).replaceAll("").stripTrailing();
            if (!plain.isEmpty()) {
                lines.add(plain);
            }
        }
        Collections.reverse(lines);
        return new LastWords(log, List.copyOf(lines), decidingLine(lines));
    }

    private static String decidingLine(List<String> lines) {
        String above = decidingLine(
                lines,
                line -> AFTERTHOUGHT.matcher(line).find() || NPM.matcher(line).find());
        return above.isEmpty()
                ? decidingLine(lines, line -> AFTERTHOUGHT.matcher(line).find())
                : above;
    }

    private static String decidingLine(List<String> lines, Predicate<String> afterthoughts) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            boolean indented = Character.isWhitespace(line.charAt(0));
            boolean afterthought = afterthoughts.test(line);
            if (!indented && !afterthought && STATES_ERROR.matcher(line).find() && !isMereNote(line)) {
                return line;
            }
            if (!afterthought && !FOLLOWS_ERROR.matcher(line).find()) {
                return "";
            }
        }
        return "";
    }

    /** Whether the line itself says that it is a warning or less. */
    public static boolean isMereNote(String line) {
        return MERE_NOTE.matcher(line).find();
    }

    public boolean stateAnError() {
        return !error.isEmpty();
    }

    /** The lines from the deciding one to the end. */
    public List<String> fromError() {
        int from = lines.lastIndexOf(error);
        return from < 0 ? List.of() : lines.subList(from, lines.size());
    }

    /** The deciding line, or the last one, as a fact. */
    public Fact fact() {
        return stateAnError() ? fact("its last error: ", error) : fact("its last line: ", lines.get(lines.size() - 1));
    }

    /** The last of its lines in which this is found, or else as {@link #fact()}. */
    public Fact fact(Pattern pattern) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (pattern.matcher(lines.get(i)).find()) {
                return fact("it says: ", lines.get(i));
            }
        }
        return fact();
    }

    private Fact fact(String what, String line) {
        return new Fact(
                "Log of Pod/" + log.pod() + " container " + log.container() + (log.previous() ? " (previous)" : ""),
                what + line.strip(),
                log.text());
    }
}
