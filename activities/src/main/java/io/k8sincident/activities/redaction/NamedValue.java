package io.k8sincident.activities.redaction;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The value of a name that says that it is a credential: {@code password=…}, {@code "token": "…"}, {@code --api-key …}.
 * Sentences that only mention one stay as they are, so that {@code volume "token" : secret "web" not found} can be read.
 */
final class NamedValue implements Detector {
    private static final int LONGEST_NAME = 64;
    private static final int SHORTEST_BEHIND_BARE_COLON = 12;
    /** So many characters of a value say whether it is one: what is longer is no word, mask or placeholder. */
    private static final int HEAD = 256;
    /** Of the words below. */
    private static final int LONGEST_WORD = 16;

    private static final String PASSWORD = "password";
    /** How sentences go on after {@code token: }; none of these is a credential. */
    private static final Set<String> PROSE = Set.of(
            ("true false null nil none undefined required invalid missing expired incorrect wrong empty unset not no failed"
                            + " failure error secret secrets configmap references connection connect dial context could"
                            + " couldn't cannot can't unable the a an is must unauthorized forbidden denied rpc get post"
                            + " put http https open read lookup timeout unexpected unknown rejected revoked malformed"
                            + " optional ok valid bad too json yaml illegal access authentication permission request"
                            + " retrying waiting loading disabled enabled found exists i/o tls: x509: eof")
                    .split(" "));

    private static final List<String> TRIGGERS =
            List.of(("password passwd passphrase pwd _pass -pass secret token credential"
                            + " creds apikey api_key api-key accesskey access_key access-key privatekey private_key private-key"
                            + " accountkey account_key authkey auth_key auth-key encryption_key encryption-key signing_key"
                            + " signing-key master_key master-key license_key sig=")
                    .split(" "));
    private static final Set<String> LITERALS = Set.of("true", "false", "null", "nil", "none", "undefined", "required");

    @Override
    public List<String> triggers() {
        return TRIGGERS;
    }

    @Override
    public @Nullable Span at(String text, int start, int end) {
        int nameStart = start;
        while (nameStart > 0 && start - nameStart < LONGEST_NAME && Chars.isName(text.charAt(nameStart - 1))) {
            nameStart--;
        }
        int nameEnd = end;
        while (nameEnd < text.length() && nameEnd - end < LONGEST_NAME && Chars.isName(text.charAt(nameEnd))) {
            nameEnd++;
        }
        if (text.charAt(end - 1) == '=') {
            nameEnd = end - 1;
        }
        String name = text.substring(nameStart, nameEnd);
        int value = valueStart(text, name, nameEnd);
        if (value < 0) {
            return null;
        }
        Optional<String> kind = SecretName.kind(name);
        int headEnd = kind.isEmpty() || isReference(text, value) ? value : ValueEnd.of(text, value, HEAD);
        boolean password = kind.isPresent() && kind.get().equals(PASSWORD);
        if (headEnd <= value || !isValue(text, password, nameStart, nameEnd, value, headEnd)) {
            return null;
        }
        int valueEnd = isCut(value, headEnd) ? ValueEnd.of(text, value, ValueEnd.LONGEST) : headEnd;
        boolean phrase = password && Passphrase.startsLine(text, nameStart);
        return Span.of(value, phrase ? Passphrase.end(text, value, valueEnd, PROSE) : valueEnd, kind.orElseThrow());
    }

    private static int valueStart(String text, String name, int nameEnd) {
        int value = Separator.valueAfter(text, nameEnd);
        if (value >= 0) {
            return value;
        }
        int pair = pairedValue(text, nameEnd);
        if (pair >= 0) {
            return pair;
        }
        boolean flag = name.startsWith("--") && nameEnd < text.length() && text.charAt(nameEnd) == ' ';
        int argument = flag ? Separator.skipQuote(text, Separator.skipSpace(text, nameEnd)) : -1;
        return argument >= 0 && argument < text.length() && text.charAt(argument) != '-' ? argument : -1;
    }

    /** Of {@code "name":"DB_PASSWORD","value":"…"}, as environments stand in JSON. */
    private static int pairedValue(String text, int nameEnd) {
        int i = Separator.skipQuote(text, nameEnd);
        if (i == nameEnd || i >= text.length() || text.charAt(i) != ',') {
            return -1;
        }
        int field = Separator.skipQuote(text, Separator.skipSpace(text, i + 1));
        return text.startsWith("value", field) ? Separator.valueAfter(text, field + "value".length()) : -1;
    }

    private static boolean isCut(int value, int headEnd) {
        return headEnd - value == HEAD;
    }

    private static boolean isValue(String text, boolean password, int nameStart, int nameEnd, int value, int headEnd) {
        String found = text.substring(value, headEnd);
        boolean cut = isCut(value, headEnd);
        boolean quoted = Chars.isQuote(text.charAt(value - 1));
        if (!cut && (isBlank(found) || isOneOf(LITERALS, found))) {
            return false;
        }
        if (quoted || text.charAt(value - 1) == '=') {
            return true;
        }
        boolean bareColon = text.charAt(value - 1) == ':' && nameEnd == value - 1;
        if (bareColon) {
            boolean path = nameStart > 0 && text.charAt(nameStart - 1) == '/';
            boolean bare =
                    password && BarePassword.endsName(text, nameEnd) && BarePassword.is(found) && !isProse(found);
            return !path && (bare || looksRandom(found, cut));
        }
        return !isProse(found) && (password || cut || !isOnlyLetters(found) || headEnd == text.length());
    }

    private static boolean isProse(String word) {
        int end = word.length();
        while (end > 0 && ":,.".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return isOneOf(PROSE, word) || isOneOf(PROSE, word.substring(0, end));
    }

    /** Whether a word is one of these without regard to case; long ones are none. */
    private static boolean isOneOf(Set<String> words, String word) {
        return word.length() <= LONGEST_WORD && words.contains(word.toLowerCase(Locale.ROOT));
    }

    private static boolean isOnlyLetters(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!Character.isLetter(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** As in {@code registry/secret-store:1.2}: a tag is no credential, a long mixture of letters and digits may be. */
    private static boolean looksRandom(String value, boolean cut) {
        return value.length() >= SHORTEST_BEHIND_BARE_COLON
                && value.indexOf('/') < 0
                && value.indexOf('.') < 0
                && (cut
                        || (value.chars().anyMatch(Character::isDigit)
                                && value.chars().anyMatch(Character::isLetter)));
    }

    /** Whether a variable, what has been redacted before, or, without quotes, an object or list begins here. */
    private static boolean isReference(String text, int value) {
        char first = text.charAt(value);
        return text.startsWith("${", value)
                || text.startsWith("$(", value)
                || text.startsWith("[redacted:", value)
                || ((first == '{' || first == '[') && !Chars.isQuote(text.charAt(value - 1)));
    }

    /** To be filled in, or a mask. */
    private static boolean isBlank(String value) {
        return (value.startsWith("<") && value.endsWith(">")) || isMask(value);
    }

    private static boolean isMask(String value) {
        for (int i = 0; i < value.length(); i++) {
            if ("*x.-".indexOf(value.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
