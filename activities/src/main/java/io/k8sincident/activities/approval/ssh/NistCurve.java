package io.k8sincident.activities.approval.ssh;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/**
 * A curve of RFC 5656 with the signature algorithm that belongs to it. Immutable.
 *
 * @param width of one number, in bytes
 * @param algorithm of the JDK, for signatures of two numbers of this width
 */
record NistCurve(String sshName, int width, String algorithm, ECParameterSpec parameters) {
    static final NistCurve P256 = of("nistp256", "secp256r1", 32, "SHA256withECDSAinP1363Format");
    static final NistCurve P384 = of("nistp384", "secp384r1", 48, "SHA384withECDSAinP1363Format");
    static final NistCurve P521 = of("nistp521", "secp521r1", 66, "SHA512withECDSAinP1363Format");

    private static NistCurve of(String sshName, String jdkName, int width, String algorithm) {
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(jdkName));
            return new NistCurve(sshName, width, algorithm, named.getParameterSpec(ECParameterSpec.class));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no curve " + jdkName, e);
        }
    }

    /** Reads the curve's name and an uncompressed point on it. */
    PublicKey publicKey(WireReader reader) {
        if (!reader.name().equals(sshName)) {
            throw new SshFormatException("the key's curve is not that of its type");
        }
        byte[] point = reader.string(2 * width + 1);
        if (point.length != 2 * width + 1 || point[0] != 4) {
            throw new SshFormatException("the key's point is not in its uncompressed form");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + width));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + width, 1 + 2 * width));
        if (!contains(x, y)) {
            throw new SshFormatException("the key's point is not on its curve");
        }
        try {
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
        } catch (GeneralSecurityException e) {
            throw new SshFormatException("the key is no key of its curve");
        }
    }

    /** The JDK takes any pair of numbers for a point. */
    private boolean contains(BigInteger x, BigInteger y) {
        BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        BigInteger right = x.pow(3)
                .add(parameters.getCurve().getA().multiply(x))
                .add(parameters.getCurve().getB());
        return x.compareTo(p) < 0
                && y.compareTo(p) < 0
                && y.pow(2).subtract(right).mod(p).signum() == 0;
    }

    /** Reads r and s, as two numbers of the curve's width. */
    byte[] signature(WireReader reader) {
        byte[] both = new byte[2 * width];
        place(reader.positive(width + 1), both, width);
        place(reader.positive(width + 1), both, 2 * width);
        reader.end();
        return both;
    }

    private void place(BigInteger number, byte[] into, int end) {
        if (number.compareTo(parameters.getOrder()) >= 0) {
            throw new SshFormatException("the signature holds a number that is not below the order of the curve");
        }
        byte[] digits = number.toByteArray();
        int skipped = digits[0] == 0 ? 1 : 0;
        int length = digits.length - skipped;
        System.arraycopy(digits, skipped, into, end - length, length);
    }
}
