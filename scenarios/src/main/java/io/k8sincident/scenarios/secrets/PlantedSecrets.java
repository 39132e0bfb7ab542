package io.k8sincident.scenarios.secrets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Secrets of the common forms, each in a line as a program might write it. Seeded, so a failure can be repeated. */
public final class PlantedSecrets {
    private static final String ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HEX = "0123456789abcdef";
    private static final String SPECIAL = "!#%+-./@_~^*?";

    private final Random random;

    public PlantedSecrets(long seed) {
        this.random = new Random(seed);
    }

    /**
     * One secret.
     *
     * @param secret what must not be left
     * @param line where it stands
     */
    public record Planted(String secret, String line) {}

    public List<Planted> make(int count) {
        List<Function<String, String>> keyed = List.of(
                s -> "password=" + s,
                s -> "2026-01-01T00:00:00Z INFO db password: " + s,
                s -> "{\"level\":\"info\",\"db\":{\"password\":\"" + s + "\",\"user\":\"app\"}}",
                s -> "{\"msg\":\"config {\\\"api_key\\\":\\\"" + s + "\\\"}\"}",
                s -> "starting with --token=" + s + " --port=80",
                s -> "starting with --db-password " + s + " --port 80",
                s -> "export AWS_SECRET_ACCESS_KEY='" + s + "'",
                s -> "DB_PASS=" + s + " DB_USER=app",
                s -> "Server=db;User Id=app;Password=" + s + ";Encrypt=true",
                s -> "client_secret=" + s + "&grant_type=x",
                s -> "redis: {password => \"" + s + "\"}",
                s -> "env [{\"name\":\"DB_PASSWORD\",\"value\":\"" + s + "\"},{\"name\":\"A\",\"value\":\"b\"}]",
                s -> "PGPASSWORD=" + s,
                s -> "accountKey: " + s,
                s -> "api-key: \"" + s + "\"",
                s -> "x-api-key: " + s,
                s -> "mysql -h db -uroot -p" + s + " app",
                s -> "+ curl -sS -u admin:" + s + " https://example.com/api",
                s -> "exec [\"curl\",\"--user\",\"admin:" + s + "\",\"https://example.com\"]",
                s -> "running: sshpass -p '" + s + "' ssh root@host",
                s -> "redis-cli -h cache -a " + s + " ping",
                s -> "db:\n  user: app\n  password: " + phrase(s) + "\n  port: 5432",
                s -> "DB_PASSWORD = " + phrase(s),
                s -> "jdbc:postgresql://db/app?user=x&password=" + s,
                s -> "connecting to postgres://app:" + s.replaceAll("[/@?#]", "x") + "@db:5432/app");
        List<Planted> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int form = i % (keyed.size() + 16);
            if (form < keyed.size()) {
                String secret = password(8 + random.nextInt(24));
                String line = keyed.get(form).apply(secret);
                all.add(new Planted(form == keyed.size() - 1 ? secret.replaceAll("[/@?#]", "x") : secret, line));
            } else {
                String secret = issued(form - keyed.size());
                all.add(new Planted(secret, framed(secret)));
            }
        }
        return all;
    }

    /** The secret as words, of which none is left either. */
    private static String phrase(String secret) {
        return "correct " + secret + " battery";
    }

    private String framed(String secret) {
        return switch (random.nextInt(4)) {
            case 0 -> "request failed with " + secret + " after 3 tries";
            case 1 -> "{\"event\":\"login\",\"value\":\"" + secret + "\"}";
            case 2 -> secret;
            default -> "got (" + secret + "), retrying";
        };
    }

    private String issued(int form) {
        return switch (form) {
            case 0 -> "AKIA" + upper(16);
            case 1 -> "ghp_" + text(ALNUM, 36);
            case 2 -> "github_pat_" + text(ALNUM, 22) + "_" + text(ALNUM, 59);
            case 3 -> "glpat-" + text(ALNUM, 20);
            case 4 -> "xoxb-" + text("0123456789", 12) + "-" + text(ALNUM, 24);
            case 5 -> "sk_live_" + text(ALNUM, 24);
            case 6 -> "AIza" + text(ALNUM + "_-", 34) + "a";
            case 7 -> "ya29." + text(ALNUM + "_-", 60) + "a";
            case 8 -> jwt();
            case 9 ->
                "-----BEGIN RSA PRIVATE KEY-----\n" + text(ALNUM + "+/", 64) + "\n" + text(ALNUM + "+/", 30)
                        + "==\n-----END RSA PRIVATE KEY-----";
            case 10 -> "Authorization: Bearer " + text(ALNUM, 40);
            case 11 -> "Authorization: Basic " + base64("admin:" + text(ALNUM, 12));
            case 12 -> "hvs." + text(ALNUM, 90);
            case 13 -> "npm_" + text(ALNUM, 36);
            case 14 -> "https://" + text(HEX, 32) + "@errors.example.com/1";
            default -> "ASIA" + upper(16);
        };
    }

    private String jwt() {
        return base64("{\"alg\":\"HS256\"}") + "." + base64("{\"sub\":\"" + text(ALNUM, 12) + "\"}") + "."
                + text(ALNUM + "_-", 42) + "a";
    }

    private String password(int length) {
        return text(ALNUM, 2) + text(ALNUM + SPECIAL, length - 4) + text(ALNUM, 1) + random.nextInt(10);
    }

    private String upper(int length) {
        return text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", length);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
