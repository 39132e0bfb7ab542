package io.k8sincident.activities.approval.ssh;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the data types of RFC 4251 from a bounded piece of memory; every length is checked before it is used. */
final class WireReader {
    private static final int LONGEST_NAME = 255;

    private final byte[] bytes;
    private final String what;
    private int at;

    /** @param what is read, for the messages */
    WireReader(byte[] bytes, String what) {
        this.bytes = bytes;
        this.what = what;
    }

    /** The next bytes, which must be exactly these. */
    void expect(byte[] constant) {
        if (!Arrays.equals(raw(constant.length), constant)) {
            throw new SshFormatException(what + " does not begin as it must");
        }
    }

    int octet() {
        return raw(1)[0] & 0xFF;
    }

    /** An unsigned number of 32 bits. */
    long number() {
        long value = 0;
        for (byte octet : raw(4)) {
            value = value << 8 | (octet & 0xFF);
        }
        return value;
    }

    /** A length and that many bytes. */
    byte[] string(int longest) {
        long length = number();
        if (length > longest) {
            throw new SshFormatException(what + " holds a part of " + length + " bytes; at most " + longest + " fit");
        }
        return raw((int) length);
    }

    /** A string of visible ASCII characters, such as the name of an algorithm; may be empty. */
    String name() {
        byte[] text = string(LONGEST_NAME);
        for (byte octet : text) {
            if (octet <= 0x20 || octet >= 0x7F) {
                throw new SshFormatException(what + " holds a name with other than visible ASCII characters");
            }
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** A positive number in its one shortest form. */
    BigInteger positive(int longest) {
        byte[] digits = string(longest);
        boolean shortest =
                digits.length > 0 && digits[0] >= 0 && (digits[0] != 0 || (digits.length > 1 && digits[1] < 0));
        if (!shortest) {
            throw new SshFormatException(what + " holds a number that is not positive and in its shortest form");
        }
        return new BigInteger(digits);
    }

    /** Nothing may be left. */
    void end() {
        if (at != bytes.length) {
            throw new SshFormatException(what + " has " + (bytes.length - at) + " bytes too many");
        }
    }

    private byte[] raw(int length) {
        if (length > bytes.length - at) {
            throw new SshFormatException(what + " ends too early");
        }
        byte[] part = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return part;
    }
}
