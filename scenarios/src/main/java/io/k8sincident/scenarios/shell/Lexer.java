package io.k8sincident.scenarios.shell;

import java.util.ArrayList;
import java.util.List;

/** Splits a script into raw words and operators. */
final class Lexer {
    private static final List<String> OPERATORS = List.of(
            "2>&1", ">&2", "1>&2", "2>>", "&&", "||", ";;", ">>", "2>", ">", "<", ";", "&", "|", "(", ")", "\n");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<String> tokens(String text) {
        Lexer lexer = new Lexer(text);
        lexer.run();
        return lexer.tokens;
    }

    static boolean isOperator(String token) {
        return OPERATORS.contains(token);
    }

    private void run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at += 2;
            } else if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else {
                String operator = operator();
                if (operator.isEmpty()) {
                    word();
                } else {
                    tokens.add(operator);
                    at += operator.length();
                }
            }
        }
    }

    private String operator() {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                return operator;
            }
        }
        return "";
    }

    private void word() {
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                skipTo('\'');
            } else if (c == '"') {
                skipTo('"');
            } else if (c == '\\') {
                at += 2;
            } else if (c == '$' && at + 1 < text.length() && text.charAt(at + 1) == '{') {
                skipTo('}');
            } else if (c == '$' && at + 1 < text.length() && text.charAt(at + 1) == '(') {
                skipParentheses();
            } else if (" \t\r\n;&|()<>".indexOf(c) >= 0) {
                break;
            } else {
                at++;
            }
        }
        at = Math.min(at, text.length());
        tokens.add(text.substring(start, at));
    }

    private void skipTo(char end) {
        at++;
        while (at < text.length() && text.charAt(at) != end) {
            at += text.charAt(at) == '\\' && end == '"' ? 2 : 1;
        }
        at++;
    }

    private void skipParentheses() {
        int depth = 0;
        do {
            char c = text.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
        } while (at < text.length() && (depth > 0 || text.charAt(at - 1) == '$'));
    }
}
