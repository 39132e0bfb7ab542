package io.k8sincident.activities.redaction;

/** Classes of ASCII characters that credentials are made of. */
final class Chars {
    private Chars() {}

    static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static boolean isName(char c) {
        return isWord(c) || c == '_' || c == '-' || c == '.';
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    static boolean isBase64(char c) {
        return isWord(c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_';
    }
}
