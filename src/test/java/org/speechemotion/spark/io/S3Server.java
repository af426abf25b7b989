package org.speechemotion.spark.io;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server with the protocol of S3 on this machine: S3Proxy in a separate process, whose libraries would clash with those of
 * Spark. Its objects are in memory.
 */
public final class S3Server implements AutoCloseable {
    private static final Path JAR = Path.of("target/s3proxy/s3proxy-jar-with-dependencies.jar");
    private static final Pattern STARTED = Pattern.compile("\\{127\\.0\\.0\\.1:(\\d+)\\}");
    private static final String KEY = "key";
    private static final String SECRET = "secret";

    private final Process process;
    private final int port;

    private S3Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server that verifies signatures.
     *
     * @param folder for its settings and its log
     */
    public static S3Server start(Path folder) throws IOException, InterruptedException {
        if (!Files.exists(JAR)) {
            throw new IOException(JAR + " is missing: mvn generate-test-resources copies it");
        }
        Path settings = Files.writeString(
                folder.resolve("s3proxy.conf"),
                """
                s3proxy.endpoint=http://127.0.0.1:0
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=transient
                jclouds.identity=any
                jclouds.credential=any
                """
                        .formatted(KEY, SECRET));
        Path log = folder.resolve("s3proxy.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-jar",
                        JAR.toString(),
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (true) {
            String said = Files.readString(log);
            Matcher started = STARTED.matcher(said);
            if (started.find()) {
                return new S3Server(process, Integer.parseInt(started.group(1)));
            }
            if (!process.isAlive()) {
                throw new IOException("S3Proxy has not started: " + said);
            }
            Thread.sleep(10);
        }
    }

    /** Makes a bucket, whose name is that of no other server's, because Hadoop keeps a client for each, and returns its URI. */
    public String makeBucket(String prefix) {
        String name = prefix + "-" + port;
        AmazonS3 client = AmazonS3ClientBuilder.standard()
                .withEndpointConfiguration(new EndpointConfiguration(endpoint(), "us-east-1"))
                .withCredentials(new AWSStaticCredentialsProvider(new BasicAWSCredentials(KEY, SECRET)))
                .withPathStyleAccessEnabled(true)
                .build();
        client.createBucket(name);
        client.shutdown();
        return "s3a://" + name;
    }

    private String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** The settings of Hadoop with which {@code s3a:} is this server. */
    public Map<String, String> hadoop() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fs.s3a.endpoint", endpoint());
        settings.put("fs.s3a.access.key", KEY);
        settings.put("fs.s3a.secret.key", SECRET);
        settings.put("fs.s3a.path.style.access", "true");
        settings.put("fs.s3a.connection.ssl.enabled", "false");
        // The server takes seconds to delete the markers of folders above each new file.
        settings.put("fs.s3a.directory.marker.retention", "keep");
        settings.put("fs.s3a.attempts.maximum", "3");
        return settings;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
