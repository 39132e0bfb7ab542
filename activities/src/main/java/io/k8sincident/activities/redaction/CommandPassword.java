package io.k8sincident.activities.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A password among the arguments of a program whose flags do not say password: {@code mysql -pPASSWORD}, {@code curl -u
 * user:PASSWORD}. Also in lists as JSON and YAML write them.
 */
final class CommandPassword implements Detector {
    private static final int LONGEST_COMMAND = 2_000;
    private static final int LONGEST_NAME = 64;
    /** Flags for a password, and the word behind each: a command has one or two. */
    private static final int MOST_WORDS = 40;

    private static final List<Program> PROGRAMS = List.of(
            new Program(List.of("mysql", "mariadb"), List.of(), List.of("-p"), '\0'),
            new Program(List.of("mongo"), List.of("-p"), List.of("-p"), '\0'),
            new Program(List.of("curl"), List.of("-u", "--user"), List.of("-u", "--user="), ':'),
            new Program(List.of("--proxy-user"), List.of("--proxy-user"), List.of("--proxy-user="), ':'),
            new Program(List.of("sshpass"), List.of("-p"), List.of("-p"), '\0'),
            new Program(List.of("redis-cli"), List.of("-a", "--pass"), List.of(), '\0'),
            new Program(List.of("smbclient"), List.of("-U", "--user"), List.of("-U", "--user="), '%'),
            new Program(List.of("ldap"), List.of("-w"), List.of("-w"), '\0'),
            new Program(
                    List.of("docker login", "podman login", "helm registry login", "skopeo login"),
                    List.of("-p"),
                    List.of("-p"),
                    '\0'));

    /**
     * A program and how it takes a password.
     *
     * @param names how its name begins, or the names of several
     * @param flags whose next word holds the password
     * @param prefixes of words that hold it
     * @param after the character that the password stands behind; NUL if it is the whole word
     */
    private record Program(List<String> names, List<String> flags, List<String> prefixes, char after) {
        boolean knowsFlag(String text, int at) {
            return startsOne(flags, text, at) || startsOne(prefixes, text, at);
        }

        private static boolean startsOne(List<String> beginnings, String text, int at) {
            for (int i = 0; i < beginnings.size(); i++) {
                if (text.startsWith(beginnings.get(i), at)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A word of a command line. */
    record Word(String text, int start, boolean quoted) {}

    @Override
    public List<String> triggers() {
        return PROGRAMS.stream().flatMap(program -> program.names().stream()).toList();
    }

    @Override
    public @Nullable Span at(String text, int start, int end) {
        if (start > 0 && (Chars.isWord(text.charAt(start - 1)) || text.charAt(start - 1) == '_')) {
            return null;
        }
        int from = text.charAt(start) == '-' ? start : nameEnd(text, end);
        if (from - end == LONGEST_NAME || (from < text.length() && text.charAt(from) == ':')) {
            return null; // What the program says, or the tag of an image.
        }
        int flag = text.indexOf('-', from);
        if (flag < 0 || flag - from > LONGEST_COMMAND) {
            return Span.nothingTo(flag < 0 ? text.length() : flag - LONGEST_COMMAND - 2 * LONGEST_NAME);
        }
        return program(text.substring(start, end))
                .flatMap(program -> find(program, words(program, text, from)))
                .orElse(null);
    }

    private static int nameEnd(String text, int from) {
        int end = from;
        while (end < text.length() && end - from < LONGEST_NAME && Chars.isName(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The password among the words that follow a program's name, such as the elements of {@code args}. */
    static Optional<Span> find(String program, List<Word> words) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        return program(name).flatMap(known -> find(known, words));
    }

    /** Whether a word is the name or path of one of the programs. */
    static boolean knows(String word) {
        return word.indexOf(' ') < 0
                && program(word.substring(word.lastIndexOf('/') + 1)).isPresent();
    }

    private static Optional<Program> program(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Program program : PROGRAMS) {
            for (String known : program.names()) {
                if (lower.startsWith(known)) {
                    return Optional.of(program);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Span> find(Program program, List<Word> words) {
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            boolean attached = program.prefixes().contains(word.text())
                    && i + 1 < words.size()
                    && words.get(i + 1).start() == word.start() + word.text().length() + 1
                    && words.get(i + 1).quoted();
            if (attached || program.flags().contains(word.text())) {
                if (i + 1 < words.size()) {
                    Optional<Span> secret = secret(program, words.get(i + 1), 0);
                    if (secret.isPresent()) {
                        return secret;
                    }
                }
                continue;
            }
            for (String prefix : program.prefixes()) {
                Optional<Span> secret =
                        word.text().startsWith(prefix) ? secret(program, word, prefix.length()) : Optional.empty();
                if (secret.isPresent()) {
                    return secret;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Span> secret(Program program, Word word, int from) {
        int start = program.after() == '\0' ? from : word.text().indexOf(program.after(), from) + 1;
        String value = word.text().substring(start);
        boolean none = start < from
                || (start == 0 && program.after() != '\0')
                || value.isEmpty()
                || value.startsWith("$")
                || value.startsWith("[redacted:")
                || (value.startsWith("<") && value.endsWith(">"))
                || isPorts(value)
                || (start == 0 && value.startsWith("-"));
        return none
                ? Optional.empty()
                : Optional.of(
                        Span.of(word.start() + start, word.start() + word.text().length(), "password"));
    }

    /** As in {@code docker run mysql -p3306:3306}. */
    private static boolean isPorts(String value) {
        int colon = value.indexOf(':');
        return colon > 0 && value.chars().allMatch(c -> (c >= '0' && c <= '9') || c == ':');
    }

    /**
     * Up to the end of the command, the words that begin like a flag for a password, each with the word that follows,
     * without the quotes, commas and brackets around them.
     */
    private static List<Word> words(Program program, String text, int from) {
        List<Word> words = new ArrayList<>();
        int limit = Math.min(text.length(), from + LONGEST_COMMAND);
        int i = from;
        boolean behindFlag = false;
        while (i < limit && words.size() < MOST_WORDS && !endsCommand(text, i)) {
            char c = text.charAt(i);
            if (separates(c)) {
                i++;
            } else {
                int end = wordEnd(text, i, limit);
                boolean flag = c == '-' && program.knowsFlag(text, i);
                if (flag || behindFlag) {
                    words.add(new Word(text.substring(i, end), i, i > 0 && Chars.isQuote(text.charAt(i - 1))));
                }
                behindFlag = flag;
                i = end;
            }
        }
        return words;
    }

    /** A quoted word ends at its quote, another one at white space, a quote, or what closes a list. */
    private static int wordEnd(String text, int start, int limit) {
        boolean quoted = start > 0 && Chars.isQuote(text.charAt(start - 1));
        int end = start;
        while (end < limit
                && text.charAt(end) != '\n'
                && (quoted
                        ? text.charAt(end) != text.charAt(start - 1) && text.charAt(end) != '\\'
                        : text.charAt(end) > ' ' && !closes(text, end))) {
            end++;
        }
        return Math.max(end, start + 1);
    }

    private static boolean closes(String text, int at) {
        char c = text.charAt(at);
        boolean last = at + 1 == text.length() || text.charAt(at + 1) <= ' ';
        return Chars.isQuote(c) || (last && (c == ',' || c == ']' || c == ';'));
    }

    private static boolean separates(char c) {
        return c <= ' ' || Chars.isQuote(c) || c == ',' || c == '[' || c == ']' || c == '\\';
    }

    /** At the end of the line and, between words, at what starts another command. */
    private static boolean endsCommand(String text, int at) {
        char c = text.charAt(at);
        return c == '\n' || c == '|' || c == ';' || c == '&';
    }
}
